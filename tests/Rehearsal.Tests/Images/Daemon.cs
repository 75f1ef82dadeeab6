using System.Diagnostics;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A program that runs as long as a test needs it, and is ready once it has said so.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> rest;

    private Daemon(Process process, string ready, Task<string> rest) => (this.process, Ready, this.rest) = (process, ready, rest);

    /// <summary>The line that said it is ready.</summary>
    public string Ready { get; }

    public static async Task<Daemon> StartAsync(string program, string ready, params string[] arguments)
    {
        // Through a shell, because programs say what happens on both of their streams.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" 2>&1", program, program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        var started = Process.Start(start)!;
        var said = new List<string>();
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains(ready, StringComparison.Ordinal)) return new(started, line, started.StandardOutput.ReadToEndAsync());
        }

        throw new InvalidOperationException($"{program} ended before it was ready:\n{string.Join('\n', said.TakeLast(20))}");
    }

    public async ValueTask DisposeAsync()
    {
        // Asked to end, not killed: what it mounted and started is its own to clear away.
        using (Process.Start("kill", [$"{process.Id}"])) await process.WaitForExitAsync();
        await rest;
        process.Dispose();
    }
}
