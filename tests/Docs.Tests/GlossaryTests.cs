using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>docs/glossary.md defines each word once.</summary>
public partial class GlossaryTests
{
    [Fact]
    public void Every_word_is_defined_once()
    {
        var words = Page.Of("docs/glossary.md").Prose.Select(line => Row().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["word"].Value.Trim(' ', '*', '`')).Skip(1).ToList();

        var twice = words.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.True(words.Count >= 12, $"Only {words.Count} words were found; the glossary is a table whose first column is the word.");
        Found.Nothing(twice);
    }

    [GeneratedRegex(@"^\|\s*(?<word>[^|]*\w[^|]*)\|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
