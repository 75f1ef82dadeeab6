namespace DssPipeline.Convergence;

/// <summary>How a made change is seen: looking until the difference is gone, with a deadline.</summary>
public sealed partial class Rollout
{
    private async Task SettleAsync(Change change, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        var pause = options.FirstPause;
        while (true)
        {
            var now = Change.Between(change.Resource, change.Desired, await SeeAsync(change.Resource, cancel), options.Permissions);
            if (now.Verb is Verb.Keep) return;
            if (change.Verb is Verb.Create or Verb.Update && now.Problem is { } problem) throw new ProblemException(problem);
            if (clock.GetElapsedTime(since) > options.Patience) throw new ProblemException(StillDiffers(now));

            audience.Report(new Waiting(change.Id, Expected(now), clock.GetElapsedTime(since)));
            await Task.Delay(pause, clock, cancel);
            pause = Shorter(pause * 1.5, options.LongestPause);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Expected(Change now) => now.Verb switch
    {
        Verb.Create => "it appears",
        Verb.Delete => "it is gone",
        _ => $"{string.Join(", ", now.Differences.Select(difference => difference.Path))} as wished",
    };

    private Problem StillDiffers(Change now) => new(
        "Still differs after the change",
        $"{now.Id} was changed, but {options.Patience.TotalMinutes:0.#} min later it is not as wished: {Expected(now)} was waited for. "
        + "Somebody or something may change it back (a policy, another pipeline), or the remote ignores the value. Compare its activity log with the time of this run.");
}
