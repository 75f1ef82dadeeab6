using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>--target Init as people start it: the built program, in a folder of theirs.</summary>
internal static class InitRun
{
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "DssPipeline.Build.dll");

    public static Task<(int Code, string Said)> RunAsync(string folder, params string[] options) => EndAsync(Start(folder, "dotnet", ["exec", Host, "--target", "Init", .. options]));

    /// <summary>The same with a terminal of its own, at which this is typed.</summary>
    public static Task<(int Code, string Said)> TypeAsync(string folder, string typing) =>
        EndAsync(Start(folder, "bash", ["-c", $"({typing}) | script -qefc 'dotnet exec \"$HOST\" --target Init' /dev/null"]));

    /// <summary>Makes an empty folder a repository of the deployment demo.</summary>
    public static async Task BeginAsync(string folder, string vendor)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        var (code, said) = await RunAsync(folder, "--name", "demo", "--location", "westeurope", "--vendor", vendor);
        Assert.True(code == 0, said);
    }

    private static ProcessStartInfo Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOST"] = Host, ["TERM"] = "xterm" },
        };
        foreach (var name in new[] { "GITHUB_ACTIONS", "TF_BUILD" }) start.Environment.Remove(name);
        return start;
    }

    private static async Task<(int Code, string Said)> EndAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{output}\n{await errors}");
    }
}
