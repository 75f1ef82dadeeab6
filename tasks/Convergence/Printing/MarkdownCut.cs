using System.Text;

namespace DssPipeline.Convergence;

/// <summary>Shortens a plan's Markdown to what a page takes, between two resources and never within one.</summary>
public static class MarkdownCut
{
    private const string Fence = "```";

    /// <param name="bytes">How long it may be in UTF-8.</param>
    /// <param name="more">Markdown that leads to the rest.</param>
    public static string To(string markdown, int bytes, string more = "The whole plan is in the log of the run, and among the files of `--report`.")
    {
        if (Encoding.UTF8.GetByteCount(markdown) <= bytes) return markdown;

        var lines = markdown.Split('\n');
        var note = $"{Fence}\n\n**Cut here: the rest does not fit this page.** {more}\n";
        var (room, used, fenced, border) = (bytes - Encoding.UTF8.GetByteCount(note), 0, false, (Line: 0, Fenced: false));
        for (var line = 0; line < lines.Length && used <= room; line++)
        {
            var opens = lines[line].StartsWith(Fence, StringComparison.Ordinal);
            // Within a block a resource begins at the margin; what belongs to it is indented.
            if (fenced ? !lines[line].StartsWith(' ') : !opens) border = (line, fenced);
            if (opens) fenced = !fenced;
            used += Encoding.UTF8.GetByteCount(lines[line]) + 1;
        }

        var kept = string.Concat(lines.Take(border.Line).Select(line => $"{line}\n"));
        return kept + (border.Fenced ? note : note[Fence.Length..]);
    }
}
