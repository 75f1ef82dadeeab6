namespace DssPipeline.Pipelines.Tests;

/// <summary>actionlint and action-validator over everything that GitHub reads.</summary>
public class LintTests
{
    [Fact]
    public async Task Every_workflow_and_the_action_pass_both_linters()
    {
        string[] files = ["action.yml", .. WorkflowFiles.All];

        var (exit, output) = await Node.RunAsync("lint.mjs", files);

        Assert.True(exit == 0, output);
        Assert.True(files.Length >= 11, "Only these were found: " + string.Join(", ", files));
    }

    [Theory]
    [InlineData("run: echo ${{ nothing.here }}", "undefined variable \"nothing\"")]
    [InlineData("run: echo ${{ github.event.pull_request.title }}", "is potentially untrusted")]
    [InlineData("nothing: here", "OneOf conditions are not met")]
    public async Task The_linters_find_what_is_wrong(string step, string problem)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n");

        var (exit, output) = await Node.RunAsync("lint.mjs", file);

        File.Delete(file);
        Assert.Equal(1, exit);
        Assert.Contains(problem, output, StringComparison.Ordinal);
    }
}
