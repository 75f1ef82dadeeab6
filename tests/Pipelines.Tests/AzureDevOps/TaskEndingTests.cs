using System.Globalization;
using DssPipeline.Chapters;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The task ends as the exit code of the host means it, and says so. Run with the mock runner of the task library.</summary>
public sealed class TaskEndingTests : IDisposable
{
    private readonly Agent agent = new();

    [Theory]
    [InlineData(0, "Plan", "Succeeded", "As wished")]
    [InlineData(0, "Deploy", "Succeeded", "As wished")]
    [InlineData(2, "Plan", "Succeeded", "The plan has changes")]
    [InlineData(2, "Drift", "Failed", "Differs")]
    [InlineData(1, "Deploy", "Failed", "Failed")]
    [InlineData(3, "Plan", "Failed", "manifest or the inputs are wrong")]
    [InlineData(4, "Deploy", "Failed", "Refused")]
    [InlineData(5, "Deploy", "Failed", "Locked")]
    [InlineData(130, "Deploy", "Failed", "Cancelled")]
    [InlineData(134, "Deploy", "Failed", "exit code 134")]
    public async Task An_exit_code_is_told_by_its_meaning(int code, string target, string result, string words)
    {
        var run = await agent.MockAsync(code, ("target", target));

        run.Ends(result);
        Assert.Contains(words, run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_exit_code_of_the_host_has_a_meaning()
    {
        var script = File.ReadAllText(Path.Combine(TaskFiles.Task, "ending.js"));

        foreach (var code in Enum.GetValues<ExitCode>().Where(code => code is not ExitCode.AsWished)) Assert.Contains($"[{((int)code).ToString(CultureInfo.InvariantCulture)}, '", script, StringComparison.Ordinal);
    }

    public void Dispose() => agent.Dispose();
}
