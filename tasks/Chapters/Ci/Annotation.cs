using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A problem as it is shown beside the manifest, at the line it comes from.</summary>
/// <param name="Title">Fixed words.</param>
/// <param name="Source">The file; null when it comes from none.</param>
/// <param name="Line">From one; 0 when there is none.</param>
/// <param name="Column">From one; 0 when there is none.</param>
public sealed record Annotation(string Title, string Text, string? Source, int Line, int Column)
{
    /// <summary>An error, or else a warning.</summary>
    public bool IsError { get; init; } = true;

    /// <param name="nearest">Where it comes from when the problem itself does not say.</param>
    public static Annotation Of(Problem problem, Place? nearest = null)
    {
        var text = problem.Command is { } command ? $"{problem.Detail}\n{command}" : problem.Detail;
        var place = problem.Place is { } told ? Parsed(told) : nearest;
        return place is not null && File.Exists(place.Source)
            ? new(problem.Summary, text, place.Source, place.Line, place.Column)
            : new(problem.Summary, text, null, 0, 0);
    }

    // A file may have colons in its name; the last two numbers are the line and the column.
    private static Place Parsed(string place) =>
        place.Split(':') is [.. var file, var line, var column] && file.Length > 0 && int.TryParse(line, out var row) && int.TryParse(column, out var letter)
            ? new(string.Join(':', file), row, letter)
            : new(place);
}
