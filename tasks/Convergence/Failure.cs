namespace DssPipeline.Convergence;

/// <summary>Turns what was thrown into problems that name the resource.</summary>
internal static class Failure
{
    public static IReadOnlyList<Problem> Told(ResourceId id, Exception failure) => failure switch
    {
        ProblemException told => [.. told.Problems.Select(problem => Naming(id, problem))],
        _ => [new Problem("Unexpected failure", $"{id}: {failure.GetType().Name}: {failure.Message}")],
    };

    public static Problem First(ResourceId id, Exception failure) => Told(id, failure)[0];

    private static Problem Naming(ResourceId id, Problem problem) =>
        problem.Detail.Contains(id.Name, StringComparison.OrdinalIgnoreCase) ? problem : problem with { Detail = $"{id}: {problem.Detail}" };
}
