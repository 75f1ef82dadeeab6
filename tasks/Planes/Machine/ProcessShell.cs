using System.Diagnostics;
using System.Text;

namespace DssPipeline.Planes;

/// <summary>Runs the script by a local program that hands its standard input to bash: ssh, chroot, or bash itself.</summary>
public class ProcessShell(string program, IReadOnlyList<string> arguments) : Shell
{
    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        using var process = Process.Start(Begin())!;
        await using var end = cancel.Register(() => End(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = ListenAsync(process.StandardError, heard);
        await TellAsync(process.StandardInput, script, letter);
        await process.WaitForExitAsync(CancellationToken.None);
        await errors;
        cancel.ThrowIfCancellationRequested();
        return new(process.ExitCode, await output);
    }

    private ProcessStartInfo Begin() => new(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

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

    private static void End(Process process)
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
}
