namespace DssPipeline.Convergence;

/// <summary>Turns what was thrown into problems that name the resource.</summary>
internal static class Failure
{
    public static IReadOnlyList<Problem> Told(ResourceId id, Exception failure) => failure switch
    {
        ProblemException { Problems.Count: > 0 } told => [.. told.Problems.Select(problem => Naming(id, problem))],
        OperationCanceledException or TimeoutException => [new Problem("No answer in time", $"{id}: its remote did not answer in time. Look whether it is reachable and well, then run again.")],
        _ => [new Problem("Unexpected failure", $"{id}: {failure.GetType().Name}: {string.Join(": ", Messages(failure).Distinct(StringComparer.Ordinal))}")],
    };

    /// <summary>All of it as one problem, under the summary of the first.</summary>
    public static Problem AsOne(ResourceId id, Exception failure)
    {
        var problems = Told(id, failure);
        return problems[0] with { Detail = string.Join('\n', problems.Select((problem, index) => index == 0 ? problem.Detail : $"{problem}")) };
    }

    /// <summary>Whether it only says that the run was ended; clients wrap that in exceptions of their own.</summary>
    public static bool IsCancellation(Exception failure) =>
        failure is OperationCanceledException || (failure.InnerException is { } cause && IsCancellation(cause));

    private static IEnumerable<string> Messages(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException) yield return cause.Message;
    }

    private static Problem Naming(ResourceId id, Problem problem) =>
        problem.Detail.Contains(id.Name, StringComparison.OrdinalIgnoreCase) ? problem : problem with { Detail = $"{id}: {problem.Detail}" };
}
