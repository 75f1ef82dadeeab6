namespace DssPipeline.Pipelines.Tests;

/// <summary>The action hands all that it takes to its script.</summary>
public class ActionInputTests
{
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
