namespace DssPipeline.Pipelines.Tests;

/// <summary>What became of a job on the local runner.</summary>
internal sealed record JobResult(string Outcome, IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<StepResult> Steps, string Log, string Summary)
{
    /// <summary>Exit code of the step that ran the program.</summary>
    public int Exit => Steps.Last(step => step.Id == "run").Exit ?? -1;

    /// <summary>What the step that ran the program was given in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => Steps.Last(step => step.Id == "run").Environment!;

    public JobResult Ends(string outcome)
    {
        Assert.True(Outcome == outcome, $"Expected {outcome}, and it was {Outcome}:\n{Log}");
        return this;
    }
}

/// <summary>What became of one step.</summary>
/// <param name="Exit">Exit code of its script; null when it has none.</param>
/// <param name="Replaced">It is an action of others that was replaced by nothing.</param>
/// <param name="Environment">What its script was given, beside what every script finds; null when it has none.</param>
internal sealed record StepResult(string Name, string Id, string Outcome, int? Exit, bool Replaced, IReadOnlyDictionary<string, string>? Environment);
