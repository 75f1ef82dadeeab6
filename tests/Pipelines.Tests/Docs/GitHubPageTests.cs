namespace DssPipeline.Pipelines.Tests;

/// <summary>docs/github.md holds the tables that action.yml and the workflows make.</summary>
public class GitHubPageTests
{
    private const string Page = "docs/github.md";

    public static TheoryData<string> Tables => [.. GitHubTables.All.Keys];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_are_made_from_what_they_describe(string name)
    {
        var start = $"<!-- table: {name} -->\n";
        var page = Repository.Read(Page);
        var from = page.IndexOf(start, StringComparison.Ordinal);

        var table = from < 0 ? "" : page[(from + start.Length)..page.IndexOf("<!-- end -->", from, StringComparison.Ordinal)];

        Assert.True(table == GitHubTables.All[name], $"{Page} should have, after {start}{GitHubTables.All[name]}");
    }

    [Fact]
    public void Every_input_of_the_action_reaches_the_script()
    {
        var action = Repository.Read("action.yml");
        var script = Repository.Read("pipelines/github/run.sh");

        foreach (var input in GitHubTables.All["inputs"].Split('\n').Skip(2).Where(line => line.Length > 0).Select(line => line.Split('`')[1]).Except(["working-directory"], StringComparer.Ordinal))
        {
            var variable = $"INPUT_{input.ToUpperInvariant().Replace('-', '_')}";
            Assert.Contains($"{variable}: ${{{{ inputs.{input} }}}}", action, StringComparison.Ordinal);
            Assert.Contains($"${variable}", script.Replace("${", "$", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
