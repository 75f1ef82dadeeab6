using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How the run waits: by looking until what it needs is there, with a deadline.</summary>
public sealed partial class Rollout
{
    /// <summary>Looks until the difference that a change was to remove is gone.</summary>
    private async Task SettleAsync(Change change, CancellationToken cancel)
    {
        var patience = new Patience(change.Resource.Patience ?? options.Patience, options, clock);
        while (true)
        {
            var now = Change.Between(change.Resource, change.Desired, await SeeAsync(change.Resource, cancel), options.Permissions);
            if (now.Verb is Verb.Keep) return;
            if (Hopeless(change, now) is { } problem) throw new ProblemException(problem);
            if (patience.IsOver) throw new ProblemException(Refusals.StillDiffers(now, Expected(now), patience.Whole));

            audience.Report(new Waiting(change.Id, Expected(now), patience.Since));
            await patience.PauseAsync(cancel);
        }
    }

    /// <summary>Why waiting cannot help. A fixed value that is not there yet may still be filled in; one that is there is final.</summary>
    private static Problem? Hopeless(Change change, Change now)
    {
        if (change.Verb is not (Verb.Create or Verb.Update)) return null;
        if (now.Differences.Any(difference => difference is { Fixed: true, Before: null })) return null;
        return now.Verb is Verb.Replace ? Refusals.BentAtBirth(now) : now.Problem;
    }

    private static string Expected(Change now) => now.Verb switch
    {
        Verb.Create => "it appears",
        Verb.Delete => "it is gone",
        _ => $"{string.Join(", ", now.Differences.Select(difference => difference.Path))} {(now.Differences.Count == 1 ? "is" : "are")} as wished",
    };

    /// <summary>The wish with every reference filled. What was made in this run may still be filling in its values; what was there before has them or never will.</summary>
    private async Task<JsonNode?> WishAsync(Resource resource, List<Outcome> beneath, CancellationToken cancel)
    {
        var patience = new Patience(resource.Patience ?? options.Patience, options, clock);
        for (var look = 0; ; look++)
        {
            var wish = Filling.Fill(resource.Desired, seen.GetValueOrDefault);
            if (Reference.All(wish) is not [var missing, ..]) return wish;

            var isNew = beneath.Exists(outcome => outcome.Id == missing.Id && outcome.Ending is Ending.Made);
            if (look > 0 && (!isNew || patience.IsOver)) throw new ProblemException(Refusals.ValueMissing(resource.Id, missing.Id, missing.Path));
            if (look > 0) await PauseAsync(missing, patience, cancel);
            await Task.WhenAll(Reference.In(wish).Select(id => SeeAsync(graph.Find(id)!, cancel)));
        }
    }

    private Task PauseAsync((ResourceId Id, string Path) missing, Patience patience, CancellationToken cancel)
    {
        audience.Report(new Waiting(missing.Id, $"{missing.Path} is filled in", patience.Since));
        return patience.PauseAsync(cancel);
    }
}
