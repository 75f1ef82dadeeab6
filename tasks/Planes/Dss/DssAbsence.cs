using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>Tells "the thing is not there" from "something that it needs is not there", which DSS says with the same status and almost the same words.</summary>
internal static class DssAbsence
{
    // What follows the name of a thing without naming another one.
    private static readonly HashSet<string> Documents = new(StringComparer.Ordinal) { "settings", "permissions", "metadata", "variables", "contents", "logs" };

    /// <summary>Whether the thing at that path is not there: a 404, or a 400 or 500 that says so of its name.</summary>
    public static bool IsToldBy(DssAnswer answer, string path) =>
        DssError.TellsOfMissing(answer) && NamesIn(path) is { Count: > 0 } names && (answer.Status == 404 || names.Any(name => Says(DssError.Of(answer).Message, name)));

    /// <summary>The names in a path; none in that of a list, or of a document that every DSS has, which are never absent.</summary>
    private static IReadOnlyList<string> NamesIn(string path)
    {
        var segments = path.Split('?')[0].Trim('/').Split('/').Select(Uri.UnescapeDataString).ToList();
        var below = segments.Skip(segments[0] == "admin" ? 2 : 1).ToList();
        // The language of a code environment is no name of one.
        if (segments is ["admin", "code-envs", ..]) below = [.. below.Skip(1)];
        return [.. below.Where((segment, place) => place == 0 || !Documents.Contains(segment))];
    }

    private static bool Says(string message, string name) =>
        Regex.IsMatch(message, $@"(?<![\w.-]){Regex.Escape(name)}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
