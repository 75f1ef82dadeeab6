using System.Diagnostics;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>An ssh agent of this run's own, which holds the private key in memory and ends with the run, however that ends.</summary>
internal sealed class SshKeys : IAsyncDisposable
{
    // The agent lives as long as the program it starts, and that one ends with the pipe from this process.
    private const string UntilTheRunEnds = "echo \"$SSH_AGENT_PID\"; exec cat >/dev/null";

    private readonly Process holder;
    private readonly int agent;

    private SshKeys(Process holder, int agent, string socket) => (this.holder, this.agent, Socket) = (holder, agent, socket);

    public string Socket { get; }

    public static async Task<SshKeys> StartAsync(string folder, Secret key, CancellationToken cancel)
    {
        var socket = Path.Combine(folder, "agent");
        var process = ProcessShell.Start("ssh-agent", ["-a", socket, "/bin/sh", "-c", UntilTheRunEnds]);
        var line = await process.StandardOutput.ReadLineAsync(cancel);
        var keys = new SshKeys(process, int.TryParse(line, out var id) ? id : 0, socket);
        if (id == 0) throw Unusable($"ssh-agent did not start: {await process.StandardError.ReadToEndAsync(cancel)}");

        await keys.AddAsync(key, cancel);
        return keys;
    }

    public async ValueTask DisposeAsync()
    {
        if (agent > 0) End(agent);
        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        holder.Dispose();
    }

    private async Task AddAsync(Secret key, CancellationToken cancel)
    {
        using var adding = ProcessShell.Start("ssh-add", ["-q", "-"], ("SSH_AUTH_SOCK", Socket), ("SSH_ASKPASS_REQUIRE", "never"));
        await adding.StandardInput.WriteAsync(key.Reveal().ReplaceLineEndings("\n").Trim() + "\n");
        adding.StandardInput.Close();
        var said = await adding.StandardError.ReadToEndAsync(cancel);
        await adding.WaitForExitAsync(cancel);
        if (adding.ExitCode != 0) throw Unusable(said.Trim());
    }

    private static ShellException Unusable(string said) => new(new RemoteError(0, ShellException.Unreachable, $"Could not add identity: {said}"));

    private static void End(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself meanwhile.
        }
    }
}
