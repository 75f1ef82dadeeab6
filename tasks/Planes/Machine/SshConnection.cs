using System.Diagnostics;

namespace DssPipeline.Planes;

/// <summary>One connection to the machine that every trip travels over. It ends with the run, however that ends.</summary>
internal sealed class SshConnection : IDisposable
{
    // It is held open by a program that ends with the pipe from this process. Jobs that go on would keep it open beyond that, so its server ends then.
    private const string UntilTheRunEnds = "echo ready; cat >/dev/null; kill $PPID";

    private readonly Process master;

    private SshConnection(Process master, IReadOnlyList<string> arguments) => (this.master, Arguments) = (master, arguments);

    /// <summary>What makes another call of ssh travel over it.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public bool IsOpen => !master.HasExited;

    /// <exception cref="ShellException">The machine does not let us in.</exception>
    public static async Task<SshConnection> OpenAsync(IReadOnlyList<string> arguments, string name, CancellationToken cancel)
    {
        var process = ProcessShell.Start("ssh", [.. arguments, "-o", "ControlMaster=yes", "-o", "ControlPersist=no", "--", name, UntilTheRunEnds]);
        await using var end = cancel.Register(() => ProcessShell.End(process));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        for (var line = ""; line != "ready";)
        {
            line = await process.StandardOutput.ReadLineAsync(CancellationToken.None);
            if (line is not null) continue;

            await process.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            throw new ShellException(new RemoteError(process.ExitCode, ShellException.Unreachable, (await errors).Trim()));
        }

        return new(process, [.. arguments, "-o", "ControlMaster=no"]);
    }

    public void Dispose()
    {
        ProcessShell.End(master);
        master.Dispose();
    }
}
