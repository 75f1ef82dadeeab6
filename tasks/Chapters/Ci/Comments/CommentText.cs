using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>A plan or a report as a comment: marker, as much as fits, and where to read all of it.</summary>
public static partial class CommentText
{
    private const int Room = 1000;

    /// <param name="markdown">Plan or report, in which values from elsewhere are harmless already.</param>
    /// <param name="longest">How many characters the host takes.</param>
    /// <param name="runPage">Where the whole of it can be read.</param>
    public static string Of(Label label, string markdown, int longest, Uri? runPage)
    {
        var (text, left) = CommentCut.Of(Plain(markdown), longest - Room);
        var page = runPage is null ? "the run" : $"[the run]({runPage.AbsoluteUri})";
        var cut = left == 0 ? "" : $"\n**Not all of it fits here:** {(left == 1 ? "1 more resource is" : $"{left} more resources are")} told in the summary and the files of {page}.\n";
        return $"{label.Marker}\n{text.TrimEnd()}\n{cut}\n<sub>{label.Name} · {page} keeps this up to date</sub>\n";
    }

    // What colours a terminal is noise to people who read a page.
    private static string Plain(string text) => AnsiCode().Replace(text.ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\)?|[@-Z\\^_])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AnsiCode();
}
