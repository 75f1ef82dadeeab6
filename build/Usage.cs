using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Build;

/// <summary>Checks what the parser of the command line cannot know.</summary>
internal static class Usage
{
    /// <exception cref="ProblemException">Everything that is wrong, at once.</exception>
    public static void Check(RunSettings settings)
    {
        var problems = Targets(settings).Concat(Output(settings)).Concat(Sandbox(settings)).Concat(Parallelism(settings)).ToList();
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
        if (settings.Sandbox.IsSet) yield break;
        if (settings.Latency is not null) yield return new("Only for the sandbox", "--latency slows the sandbox down; give it together with --sandbox.");
        if (settings.Faults is not null) yield return new("Only for the sandbox", "--faults break the sandbox; give them together with --sandbox.");
    }

    private static IEnumerable<Problem> Parallelism(RunSettings settings)
    {
        if (settings.Parallelism is < 1 or > 256) yield return new("Parallelism out of range", $"--parallelism takes 1 to 256, not {settings.Parallelism}.");
    }
}
