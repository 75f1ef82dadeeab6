namespace DssPipeline.Planes;

/// <summary>A long task that DSS was asked for, and how long it is waited for.</summary>
/// <param name="Subject">The resource it is done for.</param>
/// <param name="What">What DSS does, as in "until … is done": <c>the base images are pushed</c>.</param>
public sealed record FutureOptions(string Subject, string What)
{
    /// <summary>After this the task is aborted, and told as failed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Pause before the first question; the next ones are longer and longer.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);
}
