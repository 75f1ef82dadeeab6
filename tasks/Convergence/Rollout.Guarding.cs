namespace DssPipeline.Convergence;

/// <summary>How what guards others ends up where it was: a removal may have had to lift it, and the run may have been cancelled since.</summary>
public sealed partial class Rollout
{
    /// <summary>Guards that are wished for and stood well, when anything was written that may have lifted them.</summary>
    private static IEnumerable<Outcome> LeftOff(Outcome[] ended) => ended.Where(guard =>
        guard is { IsGood: true, Change: { Resource.GuardsOthers: true, Desired: not null } }
        && ended.Any(outcome => outcome != guard && outcome.Ending is Ending.Made or Ending.Failed or Ending.Cancelled));

    /// <summary>Looks once more and puts back what is gone. No cancellation stops this: it takes a moment, and the guard was there when the run began.</summary>
    private async Task<Outcome> GuardAgainAsync(Outcome guard)
    {
        var attempt = new Attempt(guard.Change, clock);
        attempt.Begin();
        try
        {
            attempt.Change = await LookAgainAsync(guard.Change, [], CancellationToken.None);
            if (attempt.Change.Verb is not Verb.Create) return guard;

            await ApplyAsync(attempt, CancellationToken.None);
            await SettleAsync(attempt.Change, CancellationToken.None);
            Tell(attempt.End(Ending.Made));
            return guard;
        }
        catch (Exception failure)
        {
            return Tell(attempt.End(Ending.Failed, Failure.AsOne(guard.Id, failure)));
        }
    }

    private Outcome Tell(Outcome outcome)
    {
        audience.Report(new ChangeEnded(outcome));
        return outcome;
    }
}
