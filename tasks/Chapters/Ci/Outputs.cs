using System.Globalization;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What a run hands to the steps after it, by the same names for every vendor; docs/ci.md lists them.</summary>
public static class Outputs
{
    /// <param name="plan">Null when the run did not get as far as a plan; what it would tell is then empty.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(Plan? plan, FailureReason reason, RunOptions options) =>
    [
        ("changes", plan is null ? "" : plan.IsEmpty ? "false" : "true"),
        ("to-create", Count(plan, Verb.Create)),
        ("to-update", Count(plan, Verb.Update)),
        ("to-replace", Count(plan, Verb.Replace)),
        ("to-delete", Count(plan, Verb.Delete)),
        ("refused", Count(plan, Verb.Refuse)),
        ("digest", plan?.Digest ?? ""),
        ("plan-path", plan is null ? "" : InReport(options, "plan.md")),
        ("json-plan-path", plan is null ? "" : options.PlanFile is { } file ? Path.GetFullPath(file) : InReport(options, "plan.json")),
        ("report-path", InReport(options, "report.html")),
        ("failure-reason", reason.Word()),
    ];

    private static string Count(Plan? plan, Verb verb) => plan?.Count(verb).ToString(CultureInfo.InvariantCulture) ?? "";

    private static string InReport(RunOptions options, string name) =>
        options.ReportFolder is { } folder && Path.GetFullPath(Path.Combine(folder, name)) is var file && File.Exists(file) ? file : "";
}
