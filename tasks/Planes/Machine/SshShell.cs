using System.Text;

namespace DssPipeline.Planes;

/// <summary>Runs the script over the OpenSSH client: one process for each trip, all over one connection, to a machine whose host key is pinned.</summary>
public sealed class SshShell(SshOptions options) : Shell
{
    // What ssh ends with when it failed itself.
    private const int OwnFailure = 255;

    private readonly SemaphoreSlim turn = new(1);
    private DirectoryInfo? folder;
    private SshKeys? keys;
    private SshConnection? connection;
    private SshAddress? address;

    private string Command => options.User == "root" ? "/bin/bash -s" : "sudo -n -- /bin/bash -s";

    public override async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return connection is { IsOpen: true } || (address = await options.Address(cancel)) is not null;
        }
        finally
        {
            turn.Release();
        }
    }

    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        var over = await ConnectedAsync(cancel);
        var errors = new Errors(heard);
        var answer = await new ProcessShell("ssh", [.. over.Arguments, "--", address!.Name, Command]).RunAsync(script, letter, errors, cancel);
        return answer.ExitCode == OwnFailure ? throw new ShellException(new RemoteError(OwnFailure, ShellException.Broken, errors.Text), answer.Output) : answer;
    }

    /// <summary>A connection to a port as the machine sees it, over the one connection that all trips share. It ends when it is closed, and with this.</summary>
    /// <exception cref="ShellException">The machine cannot be reached, or does not let us in.</exception>
    public async Task<Stream> OpenAsync(string host, int port, CancellationToken cancel)
    {
        var over = await ConnectedAsync(cancel);
        return new ProcessStream(ProcessShell.Start("ssh", [.. over.Arguments, "-W", $"{host}:{port}", "--", address!.Name]));
    }

    public override async ValueTask DisposeAsync()
    {
        connection?.Dispose();
        if (keys is not null) await keys.DisposeAsync();
        folder?.Delete(recursive: true);
        turn.Dispose();
        await base.DisposeAsync();
    }

    private async Task<SshConnection> ConnectedAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return connection is { IsOpen: true } ? connection : connection = await ConnectAsync(cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SshConnection> ConnectAsync(CancellationToken cancel)
    {
        // An attempt that fails leaves none behind: a connection that was disposed of cannot be asked whether it is open.
        connection?.Dispose();
        connection = null;
        folder ??= Directory.CreateTempSubdirectory("dss-");
        address ??= await options.Address(cancel) ?? throw new ShellException(new RemoteError(0, ShellException.Unreachable, "The machine has no address."));
        if (options.PrivateKey is { } key && address.IdentityFile is null) keys ??= await SshKeys.StartAsync(folder.FullName, await key(cancel), cancel);
        await File.WriteAllTextAsync(SshLine.KnownHosts(folder.FullName), $"{address.Name} {address.HostKey}\n", cancel);

        // A connection that was cut leaves its socket behind.
        File.Delete(Path.Combine(folder.FullName, "c"));
        return await SshConnection.OpenAsync(SshLine.Of(options, address, folder.FullName, keys?.Socket), address.Name, cancel);
    }

    private sealed class Errors(IProgress<string> heard) : IProgress<string>
    {
        private readonly StringBuilder text = new();

        public string Text => text.ToString().Trim();

        public void Report(string value)
        {
            heard.Report(value);
            if (!value.StartsWith("progress ", StringComparison.Ordinal)) text.Append(value).Append('\n');
        }
    }
}
