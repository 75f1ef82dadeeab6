namespace DssPipeline.Pipelines.Tests;

/// <summary>The page of each vendor holds the tables that are made from what they describe.</summary>
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

        var table = from < 0 ? "" : text[(from + start.Length)..text.IndexOf("<!-- end -->", from, StringComparison.Ordinal)];

        Assert.True(table == Pages[page][name], $"{page} should have, after {start}{Pages[page][name]}");
    }
}
