using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Runs a script of this folder with node.</summary>
internal static class Node
{
    public static async Task<(int Exit, string Output)> RunAsync(string script, params string[] arguments)
    {
        Assert.True(Directory.Exists(Repository.Full("tests/Pipelines.Tests/node_modules")), "The tools of npm are missing: run npm ci in tests/Pipelines.Tests, as tests/run.sh does.");
        var start = new ProcessStartInfo("node", [Repository.Full($"tests/Pipelines.Tests/{script}"), .. arguments])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}");
    }
}
