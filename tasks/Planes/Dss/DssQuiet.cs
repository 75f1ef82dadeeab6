using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Waits for others to stop writing a document: longer and longer, for as long as the plane is patient.</summary>
internal sealed class DssQuiet(string path, RetryOptions retry, TimeProvider clock, DssProblems problems)
{
    // What an error says fits on a few lines.
    private const int Named = 5;

    private readonly long since = clock.GetTimestamp();
    private TimeSpan pause = retry.First;

    /// <param name="moved">What somebody has changed since the last look.</param>
    /// <exception cref="ProblemException">They do not stop.</exception>
    public async Task AwaitAsync(IReadOnlyList<string> moved, CancellationToken cancel)
    {
        if (clock.GetElapsedTime(since) >= retry.Deadline) throw problems.Tell(new RemoteError(0, "NeverRests", Told(moved)), path);

        await Task.Delay(pause, clock, cancel);
        pause = pause * 2 < retry.Longest ? pause * 2 : retry.Longest;
    }

    private static string Told(IReadOnlyList<string> moved) => string.Join(", ", moved.Take(Named)) + (moved.Count > Named ? ", …" : "");
}
