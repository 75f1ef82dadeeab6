using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Runs the script by a local program that hands its standard input to bash: ssh, chroot, or bash itself.</summary>
public class ProcessShell(string program, IReadOnlyList<string> arguments) : Shell
{
    private static readonly string[] Handed = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TMPDIR", "SSH_AUTH_SOCK"];

    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        using var process = Start(program, arguments);
        await using var end = cancel.Register(() => End(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = ListenAsync(process.StandardError, heard);
        await TellAsync(process.StandardInput, script, letter);
        await process.WaitForExitAsync(CancellationToken.None);

        // Over a shared connection ssh has handed its streams on: they end with the job that is left to itself.
        cancel.ThrowIfCancellationRequested();
        await errors;
        return new(process.ExitCode, await output);
    }

    /// <summary>Starts a program with all three streams held here. Of the environment it gets what it needs to run, and none of the run's secrets.</summary>
    internal static Process Start(string program, IReadOnlyList<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Except(Handed, StringComparer.Ordinal).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new ProblemException(new Problem("Program is missing", $"{program} could not be started: {failure.Message}. Install it on the machine that runs this (Debian and Ubuntu: openssh-client; it is part of Git for Windows), and see that it is in PATH."), failure);
        }
    }

    internal static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself meanwhile.
        }
    }

    private static async Task TellAsync(StreamWriter input, string script, string letter)
    {
        try
        {
            await input.WriteAsync(script);
            await input.WriteAsync(letter);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read everything; its exit code and its last words say why.
        }
    }

    private static async Task ListenAsync(StreamReader errors, IProgress<string> heard)
    {
        while (await errors.ReadLineAsync() is { } line) heard.Report(line);
    }
}
