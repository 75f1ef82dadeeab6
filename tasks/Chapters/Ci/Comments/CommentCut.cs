namespace DssPipeline.Chapters;

/// <summary>Markdown of a plan or a report, cut so that it ends where a resource ends and nothing stays open.</summary>
public static class CommentCut
{
    /// <summary>The longest beginning that fits into <paramref name="longest"/> characters, and how many resources it leaves out.</summary>
    public static (string Text, int LeftOut) Of(string markdown, int longest)
    {
        if (markdown.Length <= longest) return (markdown, 0);

        var open = new OpenBlocks();
        var (cut, closing, before, resources, position) = (0, "", 0, 0, 0);
        foreach (var line in markdown.Split('\n'))
        {
            if (open.IsBorder(line) && position + open.Closing.Length <= longest) (cut, closing, before) = (position, open.Closing, resources);
            if (open.BeginsResource(line)) resources++;
            open.Read(line);
            position += line.Length + 1;
        }

        return (markdown[..cut] + closing, resources - before);
    }

    /// <summary>The fence and the folds that a reader of Markdown is in.</summary>
    private sealed class OpenBlocks
    {
        private string? fence;
        private bool hasContent;
        private int folds;

        /// <summary>What closes everything that is open.</summary>
        public string Closing => (fence is null ? "" : $"{fence}\n") + string.Concat(Enumerable.Repeat("\n</details>\n", folds));

        /// <summary>Inside a fence, what belongs to a resource is indented below it.</summary>
        public bool BeginsResource(string line) => fence is not null && !IsFence(line) && line.Length > 0 && line[0] != ' ';

        /// <summary>Whether the text may end before this line. A fence that would stay empty is left out with its heading.</summary>
        public bool IsBorder(string line) => fence is null ? line.StartsWith('#') : hasContent && BeginsResource(line);

        public void Read(string line)
        {
            if (fence is null && line.StartsWith("```", StringComparison.Ordinal)) (fence, hasContent) = (line[..line.AsSpan().IndexOfAnyExcept('`').Or(line.Length)], false);
            else if (fence is not null && IsFence(line)) fence = null;
            else if (fence is not null) hasContent = true;
            else if (line.StartsWith("<details", StringComparison.Ordinal)) folds++;
            else if (line.StartsWith("</details", StringComparison.Ordinal)) folds--;
        }

        private bool IsFence(string line) => line.TrimEnd() == fence;
    }

    private static int Or(this int found, int otherwise) => found < 0 ? otherwise : found;
}
