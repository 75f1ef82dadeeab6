using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How one change is made: wait for what it stands on, look again if that moved, make, look until it is as wished.</summary>
public sealed partial class Rollout
{
    private async Task<Outcome> MakeInTurnAsync(Change change, IReadOnlyList<Task<Outcome>> below, CancellationToken cancel)
    {
        await Task.Yield();
        var beneath = await Task.WhenAll(below);
        var since = clock.GetTimestamp();
        var outcome = await EndAsync(change, beneath, since, cancel);
        audience.Report(new ChangeEnded(outcome));
        return outcome;
    }

    private async Task<Outcome> EndAsync(Change change, Outcome[] beneath, long since, CancellationToken cancel)
    {
        if (Obstacle(change, beneath) is { } obstacle) return obstacle;

        try
        {
            cancel.ThrowIfCancellationRequested();
            if (change.Verb is Verb.Keep && beneath.All(outcome => outcome.Ending is Ending.Kept)) return new(change, Ending.Kept, TimeSpan.Zero);
            return await MakeAsync(change, beneath, since, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new(change, Ending.Cancelled, clock.GetElapsedTime(since));
        }
        catch (Exception failure)
        {
            return new(change, Ending.Failed, clock.GetElapsedTime(since), Failure.First(change.Id, failure));
        }
    }

    private async Task<Outcome> MakeAsync(Change planned, Outcome[] beneath, long since, CancellationToken cancel)
    {
        var lane = planned.Resource.Lane is { } name ? lanes.GetOrAdd(name, _ => new(1)) : null;
        if (lane is not null) await lane.WaitAsync(cancel);
        await width.WaitAsync(cancel);
        try
        {
            var change = beneath.All(outcome => outcome.Ending is Ending.Kept) ? planned : await LookAgainAsync(planned, cancel);
            if (change.Verb is Verb.Keep) return new(change, Ending.Kept, clock.GetElapsedTime(since));
            if (change.Verb is Verb.Refuse) return new(change, Ending.Refused, clock.GetElapsedTime(since), change.Problem);

            audience.Report(new ChangeStarted(change));
            await change.Resource.ApplyAsync(change, cancel);
            await SettleAsync(change, cancel);
            return new(change, Ending.Made, clock.GetElapsedTime(since));
        }
        finally
        {
            width.Release();
            lane?.Release();
        }
    }

    private static Outcome? Obstacle(Change change, Outcome[] beneath)
    {
        if (change.Verb is Verb.Refuse) return new(change, Ending.Refused, TimeSpan.Zero, change.Problem);
        if (Array.Find(beneath, outcome => outcome.Ending is Ending.Cancelled) is not null) return new(change, Ending.Cancelled, TimeSpan.Zero);
        if (Array.Find(beneath, outcome => !outcome.IsGood) is not { } bad) return null;

        var cause = bad.Ending is Ending.Skipped ? bad.Problem : new Problem("Stands on something that failed", $"{bad.Id} did not come about.");
        return change.Verb is Verb.Keep ? new(change, Ending.Kept, TimeSpan.Zero) : new(change, Ending.Skipped, TimeSpan.Zero, cause);
    }

    private async Task<Change> LookAgainAsync(Change planned, CancellationToken cancel)
    {
        var resource = planned.Resource;
        var wish = await WishAsync(resource, cancel);
        if (Reference.In(wish) is [var missing, ..]) throw new ProblemException(new Problem("Value is missing", $"{resource.Id} takes a value from {missing}, which is there but does not have it."));

        return Change.Between(resource, wish, await SeeAsync(resource, cancel), options.Permissions);
    }

    private async Task<JsonNode?> WishAsync(Resource resource, CancellationToken cancel)
    {
        var wish = Filling.Fill(resource.Desired, seen.GetValueOrDefault);
        if (Reference.In(wish) is not { Count: > 0 } missing) return wish;

        await Task.WhenAll(missing.Select(id => SeeAsync(graph.Find(id)!, cancel)));
        return Filling.Fill(resource.Desired, seen.GetValueOrDefault);
    }

    private async Task<JsonNode?> SeeAsync(Resource resource, CancellationToken cancel) =>
        seen[resource.Id] = await resource.ObserveAsync(cancel);
}
