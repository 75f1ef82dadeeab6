namespace DssPipeline.Pipelines.Tests;

/// <summary>docs/azure-devops.md holds the tables that task.json and the templates make.</summary>
public class AzureDevOpsPageTests
{
    private const string Page = "docs/azure-devops.md";

    public static TheoryData<string> Tables => [.. TaskTables.All.Keys];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_are_made_from_what_they_describe(string name)
    {
        var start = $"<!-- table: {name} -->\n";
        var page = Repository.Read(Page);
        var from = page.IndexOf(start, StringComparison.Ordinal);

        var table = from < 0 ? "" : page[(from + start.Length)..page.IndexOf("<!-- end -->", from, StringComparison.Ordinal)];

        Assert.True(table == TaskTables.All[name], $"{Page} should have, after {start}{TaskTables.All[name]}");
    }
}
