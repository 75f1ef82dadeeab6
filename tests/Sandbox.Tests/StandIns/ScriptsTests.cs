using System.Diagnostics;

namespace DssPipeline.Sandbox.Tests.StandIns;

public sealed class ScriptsTests
{
    [Fact]
    public async Task Shellcheck_finds_nothing_in_any_script_of_the_sandbox()
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. EmbeddedTree.Under("image").Concat(EmbeddedTree.Under("kit")).Concat(EmbeddedTree.Under("downloads")).Concat(EmbeddedTree.Under("machine")).Where(IsScript).Select((file, number) => Copy(folder, file, number))];

        using var process = Process.Start(new ProcessStartInfo("shellcheck", ["-s", "bash", .. files]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var findings = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(files.Length > 50, $"Only {files.Length} scripts were found.");
        Assert.Equal("", findings);
        Assert.Equal(0, process.ExitCode);
    }

    private static bool IsScript(EmbeddedFile file) => file.IsScript || System.Text.Encoding.UTF8.GetString(file.Bytes).StartsWith("# shellcheck shell=bash", StringComparison.Ordinal);

    private static string Copy(TemporaryFolder folder, EmbeddedFile file, int number)
    {
        var path = Path.Combine(folder.Path, $"{number}-{Path.GetFileName(file.Path)}");
        File.WriteAllBytes(path, file.Bytes);
        return path;
    }
}
