namespace DssPipeline.Chapters;

/// <summary>How the result of a run is written to standard output.</summary>
public enum OutputForm
{
    /// <summary>Text for a terminal.</summary>
    Console,

    /// <summary>One JSON document, everything else on standard error.</summary>
    Json,

    /// <summary>Markdown for a pull request, everything else on standard error.</summary>
    Markdown,
}

/// <summary>What the command line says about a run, beside what the manifest says about the deployment.</summary>
public sealed record RunOptions
{
    /// <summary>File that the plan is written to as JSON.</summary>
    public string? PlanFile { get; init; }

    /// <summary>The only plan that may be made; null for any.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Folder that plan, report and summary are written to.</summary>
    public string? ReportFolder { get; init; }

    /// <summary>Name of the deployment, as the word that Destroy needs.</summary>
    public string? Confirm { get; init; }

    /// <summary>The only tasks that may make anything, for an exclusive run; empty for all that are scheduled.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>How many resources are looked at or made side by side.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>What a new repository shall be; null for every target but Init.</summary>
    public StarterWish? Starter { get; init; }

    public OutputForm Output { get; init; }
}
