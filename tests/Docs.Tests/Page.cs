using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>A Markdown file: its headings, its links, its fenced blocks.</summary>
internal sealed partial class Page
{
    private readonly List<(string Language, int Line, string Text)> blocks = [];
    private readonly List<(int Line, string Text)> prose = [];

    private Page(string file) => File = file;

    public static IReadOnlyList<Page> All { get; } = [.. Repository.Ending(".md").Select(Read)];

    public string File { get; }

    /// <summary>Text of every heading with its level.</summary>
    public IEnumerable<(int Level, string Text, int Line)> Headings =>
        prose.Select(line => (Match: Heading().Match(line.Text), line.Line)).Where(found => found.Match.Success)
            .Select(found => (found.Match.Groups["marks"].Length, found.Match.Groups["text"].Value.Trim(), found.Line));

    /// <summary>Every link or picture, outside of fenced blocks and of code in a line.</summary>
    public IEnumerable<(string Target, int Line)> Links =>
        prose.SelectMany(line => Link().Matches(Code().Replace(line.Text, "``")).Select(match => (match.Groups["target"].Value, line.Line)));

    public IEnumerable<(int Line, string Text)> Prose => prose;

    /// <summary>The lines of the fenced blocks for a shell, those that go on after a backslash joined.</summary>
    public IEnumerable<(string Text, int Line)> Commands =>
        blocks.Where(block => block.Language is "bash" or "sh" or "shell").SelectMany(block => block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(line => (line.Trim(), block.Line)))
            .Where(line => line.Item1.Length > 0 && !line.Item1.StartsWith('#'));

    public static Page Of(string file) => All.FirstOrDefault(page => page.File == file) ?? throw new InvalidOperationException($"There is no {file}.");

    /// <summary>The anchor that a heading gets on the pages where people read it.</summary>
    public static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static Page Read(string file)
    {
        var page = new Page(file);
        var block = (Language: "", Line: 0, Text: (string?)null);
        foreach (var (index, line) in Repository.Read(file).ReplaceLineEndings("\n").Split('\n').Index())
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (fence && block.Text is null) block = (line.Trim().Trim('`').Trim(), index + 1, "");
            else if (fence)
            {
                page.blocks.Add((block.Language, block.Line, block.Text!));
                block = ("", 0, null);
            }
            else if (block.Text is not null) block.Text += $"{line}\n";
            else page.prose.Add((index + 1, line));
        }

        Assert.True(block.Text is null, $"{file}:{block.Line}: this fenced block has no end.");
        return page;
    }

    [GeneratedRegex("^(?<marks>#{1,6}) (?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotInAnchor();
}
