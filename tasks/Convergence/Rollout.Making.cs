using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How one change is made: wait for what it stands on, look again if that moved, make, look until it is as wished.</summary>
public sealed partial class Rollout
{
    private async Task<Outcome> MakeInTurnAsync(Change change, List<Task<Outcome[]>> below, CancellationToken cancel)
    {
        await Task.Yield();
        var beneath = (await Task.WhenAll(below)).SelectMany(ends => ends).ToList();
        var outcome = Foregone(change, beneath) ?? await TryAsync(change, beneath, cancel);
        audience.Report(new ChangeEnded(outcome));
        return outcome;
    }

    /// <summary>The ending that is certain before anything is done; null when there is something to do or to look at.</summary>
    private static Outcome? Foregone(Change change, List<Outcome> beneath)
    {
        var bad = beneath.Find(outcome => outcome.Shadow is not null || outcome.Ending is Ending.Failed or Ending.Refused or Ending.Skipped);
        var cause = bad?.Ending is Ending.Failed or Ending.Refused ? Refusals.StandsOn(bad) : bad?.Shadow ?? bad?.Problem;
        return change.Verb switch
        {
            Verb.Refuse => new(change, Ending.Refused, TimeSpan.Zero, change.Problem),
            Verb.Keep when cause is not null => new(change, Ending.Kept, TimeSpan.Zero) { Shadow = cause },
            Verb.Keep when !beneath.Exists(outcome => outcome.Ending is Ending.Made) => new(change, Ending.Kept, TimeSpan.Zero),
            _ => cause is null ? null : new(change, Ending.Skipped, TimeSpan.Zero, cause),
        };
    }

    private async Task<Outcome> TryAsync(Change change, List<Outcome> beneath, CancellationToken cancel)
    {
        var attempt = new Attempt(change, clock);
        try
        {
            return await InLaneAsync(attempt, beneath, cancel);
        }
        catch (Exception failure) when (cancel.IsCancellationRequested && Failure.IsCancellation(failure))
        {
            return attempt.Cancelled((failure as LeftBehindException)?.Left);
        }
        catch (Exception failure)
        {
            return attempt.End(Ending.Failed, Failure.AsOne(change.Id, failure));
        }
    }

    /// <summary>What asks for no lane has one of its own.</summary>
    private async Task<Outcome> InLaneAsync(Attempt attempt, List<Outcome> beneath, CancellationToken cancel)
    {
        var resource = attempt.Change.Resource;
        var lane = lanes.GetOrAdd(resource.Lane ?? resource.Id.ToString(), _ => new(1));
        await lane.WaitAsync(cancel);
        try
        {
            cancel.ThrowIfCancellationRequested();
            return await MakeAsync(attempt, beneath, cancel);
        }
        finally
        {
            lane.Release();
        }
    }

    private async Task<Outcome> MakeAsync(Attempt attempt, List<Outcome> beneath, CancellationToken cancel)
    {
        attempt.Begin();
        if (beneath.Exists(HasMoved) || Reference.In(attempt.Change.Desired).Count > 0)
        {
            attempt.Change = await LookAgainAsync(attempt.Change, beneath, cancel);
        }

        var change = attempt.Change;
        if (change.Verb is Verb.Keep) return attempt.End(Ending.Kept);
        if (change.Verb is Verb.Refuse) return attempt.End(Ending.Refused, change.Problem);

        await turns.TakeAsync(change.Id, Made(change.Verb), () => ApplyAsync(attempt, cancel), cancel);
        await SettleAsync(change, cancel);
        return attempt.End(Ending.Made);
    }

    /// <summary>Whether what was planned above it may be out of date: it was made, or it was about to be when the plan was made.</summary>
    private bool HasMoved(Outcome outcome) => outcome.Ending is Ending.Made || planned[outcome.Id] is not Verb.Keep;

    private Task ApplyAsync(Attempt attempt, CancellationToken cancel)
    {
        attempt.IsWriting = true;
        audience.Report(new ChangeStarted(attempt.Change));
        return attempt.Change.Resource.ApplyAsync(attempt.Change, cancel);
    }

    private static string Made(Verb verb) => verb switch
    {
        Verb.Create => "it is made",
        Verb.Replace => "it is made anew",
        Verb.Delete => "it is removed",
        _ => "it is changed",
    };

    private async Task<Change> LookAgainAsync(Change planned, List<Outcome> beneath, CancellationToken cancel)
    {
        var wish = await WishAsync(planned.Resource, beneath, cancel);
        var now = Change.Between(planned.Resource, wish, await SeeAsync(planned.Resource, cancel), options.Permissions);
        var surprise = now.Verb is Verb.Replace && planned.Verb is not Verb.Replace;
        return surprise ? now with { Verb = Verb.Refuse, Problem = Refusals.Unannounced(now) } : now;
    }

    private async Task<JsonNode?> SeeAsync(Resource resource, CancellationToken cancel) =>
        seen[resource.Id] = await turns.TakeAsync(resource.Id, "it answers", () => resource.ObserveAsync(cancel), cancel);
}
