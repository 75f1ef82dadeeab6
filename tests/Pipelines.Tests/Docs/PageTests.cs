namespace DssPipeline.Pipelines.Tests;

/// <summary>The page of each vendor holds the tables that are made from what they describe; <c>ACCEPT_SNAPSHOTS=1</c> writes them anew.</summary>
public class PageTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Pages = new(StringComparer.Ordinal)
    {
        ["docs/github.md"] = GitHubTables.All,
        ["docs/azure-devops.md"] = AzureDevOpsTables.All,
    };

    public static TheoryData<string, string> Tables => [.. Pages.SelectMany(page => page.Value.Keys.Select(table => (page.Key, table)))];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_are_made_from_what_they_describe(string page, string name)
    {
        var start = $"<!-- table: {name} -->\n";
        var text = Repository.Read(page);
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"{page} has no place for a table: {start}<!-- end -->");

        var (begin, end) = (from + start.Length, text.IndexOf("<!-- end -->", from, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") is "1") File.WriteAllText(Repository.Full(page), $"{text[..begin]}{Pages[page][name]}{text[end..]}");
        else Assert.True(text[begin..end] == Pages[page][name], $"{page} should have, after {start}{Pages[page][name]}\nACCEPT_SNAPSHOTS=1 writes it.");
    }
}
