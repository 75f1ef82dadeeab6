using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>docs/glossary.md defines each word once.</summary>
public partial class GlossaryTests
{
    [Fact]
    public void Every_word_is_defined_once()
    {
        var words = Page.Of("docs/glossary.md").Prose.Select(line => Defined().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["word"].Value.Trim(' ', '*', '`')).ToList();

        var twice = words.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.True(words.Count >= 12, $"Only {words.Count} words were found; a line of the glossary starts with the word in bold, in a list or in a table.");
        Found.Nothing(twice);
    }

    [GeneratedRegex(@"^(\|\s*|[-*]\s+)?\*\*(?<word>[^*]+)\*\*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Defined();
}
