namespace DssPipeline.Convergence;

/// <summary>Tells once what was met by many: a remote that is out of reach is one problem, not one for each resource.</summary>
internal static class Sharing
{
    private const int Named = 3;

    public static IReadOnlyList<Problem> Of(IEnumerable<Problem> problems) =>
        [.. problems.Distinct().Select(Split).GroupBy(met => met.Bare with { Correlation = null }).Select(group => Told([.. group]))];

    private static Problem Told(List<(string Subject, Problem Bare, Problem Whole)> group)
    {
        if (group.Count == 1) return group[0].Whole;

        var names = string.Join(", ", group.Take(Named).Select(met => met.Subject));
        var others = group.Count > Named ? $" and {group.Count - Named} more" : "";
        return group[0].Bare with { Detail = $"{group[0].Bare.Detail}\nMet by {names}{others}." };
    }

    /// <summary>Parts the resource that a detail starts with from the rest.</summary>
    private static (string Subject, Problem Bare, Problem Whole) Split(Problem problem) =>
        problem.Detail.Split(": ", 2) is [var subject, var rest] && ResourceId.TryParse(subject, out _) && !subject.Contains(' ', StringComparison.Ordinal)
            ? (subject, problem with { Detail = rest }, problem)
            : ("", problem, problem);
}
