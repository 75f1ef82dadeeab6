namespace DssPipeline.Convergence;

/// <summary>A problem as people read it: what, where, why and what next; a command to copy stands alone.</summary>
public sealed class ProblemText(Style style)
{
    /// <summary>How long a line of sentences may get.</summary>
    public int Width { get; init; } = 110;

    /// <summary>Several problems, a blank line between them.</summary>
    public string Of(IEnumerable<Problem> problems) =>
        string.Join('\n', problems.Select(Of));

    /// <summary>One problem, each line ended.</summary>
    public string Of(Problem problem) => string.Concat(Lines(problem).Select(line => $"{line}\n"));

    /// <summary>The lines of one problem.</summary>
    public IEnumerable<string> Lines(Problem problem)
    {
        yield return $"{style.Bad("Error:")} {style.Bold(Harmless.Of(problem.Summary))}";
        if (problem.Place is { } place) yield return style.Faint($"at {place}");
        foreach (var line in Paragraph.Of(problem.Detail, Width)) yield return line;
        if (problem.Command is { } command) foreach (var line in command.ReplaceLineEndings("\n").Split('\n')) yield return $"    {Harmless.Of(line)}";
        if (problem.Link is { } link) yield return $"Read on: {link}";
        if (problem.Correlation is { } correlation) yield return style.Faint($"Correlation id, for support: {Harmless.Of(correlation)}");
    }
}
