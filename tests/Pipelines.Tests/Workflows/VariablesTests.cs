using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The secrets of the manifest reach the steps after, and those long enough to hide something are hidden.</summary>
public sealed class VariablesTests : IDisposable
{
    private readonly string handed = Path.GetTempFileName();

    [Fact]
    public async Task Every_value_is_handed_on_and_those_of_four_characters_or_more_are_masked()
    {
        var said = await RunAsync("REPLICAS=1\nSHORT=abc\nPIN=a%bc\nEMPTY=\n");

        Assert.Equal("::add-mask::a%25bc\n", said);
        Assert.Equal("REPLICAS=1\nSHORT=abc\nPIN=a%bc\nEMPTY=\n", await File.ReadAllTextAsync(handed, TestContext.Current.CancellationToken));
    }

    public void Dispose() => File.Delete(handed);

    private async Task<string> RunAsync(string variables)
    {
        var start = new ProcessStartInfo("bash", [Repository.Full("pipelines/github/variables.sh")]) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["VARIABLES"] = variables, ["GITHUB_ENV"] = handed } };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return said;
    }
}
