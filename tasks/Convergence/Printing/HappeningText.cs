namespace DssPipeline.Convergence;

/// <summary>What happens during a run, one line each, for a console that shows it live.</summary>
public sealed class HappeningText(Style style)
{
    private readonly OutcomeText outcomes = new(style);

    /// <summary>The line, or null for what nobody needs to read.</summary>
    public string? Of(Happening happening) => happening switch
    {
        LookStarted look => style.Faint($"Looking at {look.Resources} resources …"),
        LookEnded look => style.Faint($"Looked at {look.Plan.Changes.Count()} resources in {Duration.Text(look.Took)}."),
        ChangeStarted { Change: var change } => $"  {style.Paint(change.Verb, Symbol.Of(change.Verb))} {style.Faint($"{change.Id} …")}",
        Waiting waiting => style.Faint($"    waiting for {waiting.Id} until {Harmless.Of(waiting.For)}, {Duration.Text(waiting.Since)}"),
        ChangeEnded { Outcome.Ending: Ending.Kept } => null,
        ChangeEnded ended => $"  {outcomes.Of(ended.Outcome)}",
        _ => null,
    };
}
