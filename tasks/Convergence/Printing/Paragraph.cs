namespace DssPipeline.Convergence;

/// <summary>Breaks sentences into lines of a readable length; line breaks of the text stay.</summary>
internal static class Paragraph
{
    public static IEnumerable<string> Of(string text, int width) =>
        text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Wrap(Harmless.Of(line), width));

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
