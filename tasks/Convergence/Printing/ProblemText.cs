namespace DssPipeline.Convergence;

/// <summary>A problem as people read it in a terminal: summary, detail, and a command that stands alone.</summary>
public sealed class ProblemText(Style style)
{
    public string Of(Problem problem) => string.Join('\n', Lines(problem)) + "\n";

    private IEnumerable<string> Lines(Problem problem)
    {
        var place = problem.Place is null ? "" : $"{problem.Place}: ";
        yield return $"{style.Bad("Error:")} {place}{style.Bold(problem.Summary)}";
        foreach (var line in problem.Detail.Split('\n')) yield return $"    {line.Trim()}";
        if (problem.Command is not null) yield return $"        {problem.Command}";
        if (problem.Link is not null) yield return $"    See {problem.Link}";
        if (problem.Correlation is not null) yield return style.Faint($"    Correlation id, for support: {problem.Correlation}");
    }
}
