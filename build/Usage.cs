using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Build;

/// <summary>Checks what the parser of the command line cannot know.</summary>
internal static class Usage
{
    private static readonly HashSet<string> Planless = new(["Validate", "Schema", "Fleet", "Init"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Reads = new(["Plan", "Drift", .. Planless], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Alone = new([.. Reads, "Destroy"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ProblemException">Everything that is wrong, at once.</exception>
    public static void Check(RunSettings settings)
    {
        var problems = Targets(settings).Concat(Output(settings)).Concat(Sandbox(settings)).Concat(Parallelism(settings)).Concat(Notices(settings)).Concat(Starter(settings)).Concat(Together(settings)).ToList();
        if (problems.Count > 0) throw new ProblemException(problems);
    }

    private static IEnumerable<Problem> Targets(RunSettings settings) =>
        settings.Targets.Select(Contents.ProblemWith).OfType<Problem>();

    private static IEnumerable<Problem> Output(RunSettings settings)
    {
        if (!Enum.TryParse<OutputForm>(settings.Output, ignoreCase: true, out _)) yield return new("Unknown output form", $"--output takes console, json or markdown, not \"{settings.Output}\".");
    }

    private static IEnumerable<Problem> Sandbox(RunSettings settings)
    {
        if (settings.Machine is not (null or "linux" or "none")) yield return new("Unknown machine", $"--machine takes linux or none, not \"{settings.Machine}\".");
        if (settings.Engine is not (null or "stand-in" or "real")) yield return new("Unknown engine", $"--engine takes stand-in or real, not \"{settings.Engine}\".");
        if (settings.Sandbox.IsSet) yield break;
        if (settings.Latency is not null) yield return new("Only for the sandbox", "--latency slows the sandbox down; give it together with --sandbox.");
        if (settings.Machine is not null) yield return new("Only for the sandbox", "--machine says what stands behind the sandbox's virtual machine; give it together with --sandbox.");
        if (settings.Engine is not null) yield return new("Only for the sandbox", "--engine says what answers to docker in the sandbox's machine; give it together with --sandbox.");
        if (settings.DssHabits is not null) yield return new("Only for the sandbox", "--dss-habits are those of the sandbox's DSS; give them together with --sandbox.");
        if (settings.Faults is not null) yield return new("Only for the sandbox", "--faults break the sandbox; give them together with --sandbox.");
    }

    private static IEnumerable<Problem> Notices(RunSettings settings)
    {
        if (settings.Label is { } label && Label.ProblemWith(label) is { } problem) yield return problem;
        if (settings.Comment && settings.Targets.Any(Planless.Contains)) yield return Unfitting($"--comment tells a plan or a report, and {settings.Targets[0]} makes none.");
        if (settings.Issue && settings.Targets is not ["Drift"]) yield return Unfitting("--issue tells what drifted; give it with --target Drift.");
    }

    private static IEnumerable<Problem> Parallelism(RunSettings settings)
    {
        if (settings.Parallelism is < 1 or > 256) yield return new("Parallelism out of range", $"--parallelism takes 1 to 256, not {settings.Parallelism}.");
    }

    private static IEnumerable<Problem> Starter(RunSettings settings)
    {
        if (settings.Vendor is { } vendor && !Asking.Words.Contains(vendor, StringComparer.OrdinalIgnoreCase)) yield return new("Unknown vendor", $"--vendor takes {string.Join(" or ", Asking.Words)}, not \"{vendor}\".");
        if ((settings.Name ?? settings.Location ?? settings.Vendor) is not null && !settings.Targets.Contains("Init", StringComparer.OrdinalIgnoreCase)) yield return Unfitting("--name, --location and --vendor say what a new repository shall be; give them with --target Init.");
        if (settings.Manifest is not null && settings.Targets.Contains("Init", StringComparer.OrdinalIgnoreCase)) yield return Unfitting("--manifest names what is there, and Init writes a new one: deployment.yml.");
    }

    /// <summary>Options that make no sense together, or not with this target.</summary>
    private static IEnumerable<Problem> Together(RunSettings settings)
    {
        if (settings.Targets.Length > 1 && settings.Targets.Any(Alone.Contains)) yield return Unfitting($"{string.Join(", ", Alone)} stand alone: name one target.");
        if (settings.Exclusive && !settings.Targets.Any(IsTask)) yield return Unfitting("--exclusive needs a task to make alone: --target CreateAdls --exclusive.");
        if (settings.IsFleet && settings.Manifests is null) yield return Unfitting("Fleet is about many deployments; name their manifests with --manifests \"fleet/*/*.yml\". Each folder is a ring.");
        if (settings.IsFleet && settings.Manifest is not null) yield return Unfitting("Fleet is about many deployments; name them with --manifests instead of --manifest.");
        if (!settings.IsFleet && settings.Manifests is not null) yield return Unfitting("--manifests names a fleet; give it with --target Fleet.");
        if (settings.Confirm is not null && !settings.Targets.Contains("Destroy", StringComparer.OrdinalIgnoreCase)) yield return Unfitting("--confirm is the word that Destroy needs; give it with --target Destroy.");
        if ((settings.Approve ?? settings.ApprovePlan) is not null && settings.Targets.Any(Reads.Contains)) yield return Unfitting($"--approve and --approve-plan say which plan may be made, and {settings.Targets[0]} makes none.");
        if (settings.PlanFile is not null && settings.Targets.Any(Planless.Contains)) yield return Unfitting($"--plan-file needs a plan, and {settings.Targets[0]} makes none.");
    }

    private static bool IsTask(string target) => Contents.Told.Contains(target, StringComparer.OrdinalIgnoreCase);

    private static Problem Unfitting(string what) => new("Options do not fit together", what);
}
