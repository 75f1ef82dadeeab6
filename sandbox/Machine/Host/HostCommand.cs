using System.Diagnostics;

namespace DssPipeline.Sandbox;

/// <summary>A program of the host, run to its end.</summary>
internal static class HostCommand
{
    /// <summary>The exit code and what was printed, errors behind output.</summary>
    public static async Task<(int Code, string Text)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = WithoutEnvironment(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs what takes milliseconds and cannot fail on a host that can hold machines.</summary>
    public static void Must(string program, params string[] arguments)
    {
        using var process = Process.Start(WithoutEnvironment(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }))!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new SandboxException($"{program} ended with {process.ExitCode}: {errors.Trim()}");
    }

    /// <summary>The same without what this process was handed, which may be secrets of a deployment.</summary>
    public static ProcessStartInfo WithoutEnvironment(ProcessStartInfo start)
    {
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        return start;
    }
}
