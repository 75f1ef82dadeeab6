using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>Every summary of a problem that the sources can say, with the place that says it.</summary>
internal static partial class SpokenProblems
{
    private static readonly string[] Folders = ["build", "tasks/Convergence", "tasks/Planes", "tasks/Chapters"];

    /// <summary>Problems made in code, from a literal.</summary>
    public static IReadOnlyList<(string Summary, string Place)> InCode { get; } = [.. Sources.SelectMany(source => Said(source, Literal()))];

    /// <summary>Constants that hold the summaries of the manifest.</summary>
    public static IReadOnlyList<(string Summary, string Place)> Constants { get; } =
        [.. Sources.Where(source => source.File.EndsWith("/Summaries.cs", StringComparison.Ordinal)).SelectMany(source => Said(source, Constant()))];

    /// <summary>Rows of the tables of known errors.</summary>
    public static IReadOnlyList<(string Summary, string Place)> Rows { get; } =
        [.. Repository.Ending("/KnownProblems.yml").Select(file => (file, Repository.Read(file))).SelectMany(source => Said(source, Row()))];

    public static IEnumerable<(string Summary, string Place)> All => InCode.Concat(Constants).Concat(Rows);

    /// <summary>Places that make a problem of words which this scan cannot read.</summary>
    public static IEnumerable<string> Unread =>
        Sources.SelectMany(source => Made().Matches(source.Text).Where(match => !Passed().IsMatch(match.Groups["what"].Value)).Select(match => $"{source.File}:{Line(source.Text, match.Index)}: {match.Value}"));

    private static IEnumerable<(string File, string Text)> Sources =>
        Folders.SelectMany(folder => Repository.Below(folder, ".cs")).Select(file => (file, Repository.Read(file)));

    private static IEnumerable<(string Summary, string Place)> Said((string File, string Text) source, Regex words) =>
        words.Matches(source.Text).Select(match => (match.Groups["summary"].Value, $"{source.File}:{Line(source.Text, match.Groups["summary"].Index)}"));

    private static int Line(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    // A problem, or a method of its file that makes one: fixed words with a capital and a blank in them, then the detail.
    [GeneratedRegex("""(?<=[\s(\[.!]|^)(new|new Problem|new Mismatch|Absent|Refuse)\s*\(\s*"(?<summary>[A-Z][^"{}/=]* [^"{}/=]*)",\s*(\$*"|\w)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex("""const string \w+ = "(?<summary>[^"]+)";""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    [GeneratedRegex("""^\s+summary: "?(?<summary>[^"\n]+?)"?\s*$""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"new Problem\s*\(\s*(?<what>[^,)]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();

    // A literal, a constant, or words handed on from a place that this scan reads.
    [GeneratedRegex("""^("[A-Z]|Summaries\.|summary$|row\.Summary$)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Passed();
}
