using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A run that is cancelled: GitHub signals the script alone, and the program must hear of it.</summary>
public sealed class CancelTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cancel-");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("INT", "TERM")]
    [InlineData("TERM", "TERM")]
    public async Task The_program_ends_its_write_and_the_step_ends_with_130(params string[] signals)
    {
        using var script = Start();
        var told = "";
        while (await script.StandardOutput.ReadLineAsync() is { } line && !line.Contains("changed in", StringComparison.Ordinal)) told += $"{line}\n";

        foreach (var signal in signals)
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{script.Id}"]);
            await kill.WaitForExitAsync();
        }

        told += await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();

        Assert.True(script.ExitCode == 130, $"exit {script.ExitCode}\n{told}");
        Assert.Contains("The next run goes on from here.", told, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // The tests themselves may have been started to ignore signals.
    private Process Start()
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", "bash", Repository.Full("pipelines/github/run.sh")])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var name in new[] { "ENVIRONMENT", "PLAN_FILE", "APPROVE", "LABEL", "SET", "COMMENT", "REPORT" }) start.Environment[$"INPUT_{name}"] = "";
        start.Environment["INPUT_MANIFEST"] = Repository.Full("examples/reference.yml");
        start.Environment["INPUT_TARGET"] = "Deploy";
        start.Environment["INPUT_PARALLELISM"] = "8";
        start.Environment["INPUT_SANDBOX"] = "world";
        start.Environment["INPUT_ARGUMENTS"] = "--machine=none\n--latency=real/20";
        start.Environment["RUNNER_TEMP"] = folder.FullName;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DSS_PIPELINE_HOST"] = AppContext.BaseDirectory.TrimEnd('/');
        return Process.Start(start)!;
    }
}
