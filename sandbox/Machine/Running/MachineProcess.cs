using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DssPipeline.Sandbox;

/// <summary>A machine that is up: its first process, which ends with the sandbox, and its network.</summary>
internal sealed class MachineProcess : IAsyncDisposable
{
    private const int RebootCode = 3;

    // A service that takes longer than this to start keeps nobody out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _unshare;

    private MachineProcess(Process unshare, int init)
    {
        (_unshare, Init) = (unshare, init);
        Ended = unshare.WaitForExitAsync();
        Network = new NetworkNamespace(init);
    }

    /// <summary>The number of its first process, as the host counts.</summary>
    public int Init { get; }

    public NetworkNamespace Network { get; }

    // Asked for once: a process loses listeners when several threads come and go.
    public Task Ended { get; }

    /// <summary>Ends when the services that start with the machine have been started, when that takes too long, or when it goes down.</summary>
    public Task Booted { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it ended because somebody inside asked for a reboot.</summary>
    public bool WantsReboot => _unshare.HasExited && _unshare.ExitCode == RebootCode;

    public static async Task<MachineProcess> StartAsync(MachineFolder folder, MachineWish wish, CancellationToken cancel)
    {
        var script = Path.Combine(folder.Root, "init.sh");
        await File.WriteAllTextAsync(script, MachineImage.Text("machine/init.sh"), cancel);
        var start = new ProcessStartInfo("setsid",
        [
            "unshare", "--fork", "--pid", "--mount", "--uts", "--ipc", "--net", "--kill-child", "--propagation", "private",
            "bash", script, folder.Root, wish.HostName, wish.Address, AppContext.BaseDirectory, Runtime,
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var unshare = Process.Start(HostCommand.WithoutEnvironment(start))!;
        return await UpAsync(unshare, cancel) ?? throw new SandboxException($"The machine {wish.Name} did not come up: {Tail(folder.Console)}");
    }

    /// <summary>A program inside, as root, in a session of its own so that all of it can be ended.</summary>
    public ProcessStartInfo Inside(IEnumerable<string> command) => new("setsid",
        ["nsenter", $"--target={Init.ToString(CultureInfo.InvariantCulture)}", "--mount", "--uts", "--ipc", "--net", "--pid", "--", .. command])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    };

    /// <summary>Runs a small script inside as root and gives what it printed.</summary>
    public async Task<string> RunAsync(string script, CancellationToken cancel)
    {
        var inside = Inside(["/bin/bash", "-c", script]);
        var (_, text) = await HostCommand.RunAsync(inside.FileName, inside.ArgumentList, cancel);
        return text;
    }

    /// <summary>Where a path of the machine is seen from the host.</summary>
    public string PathOf(string path) => $"/proc/{Init}/root{path}";

    public async Task StartServicesAsync()
    {
        await OrderAsync("start");
        Booted = Task.WhenAny(HeardAsync("booted"), Task.Delay(Patience, TimeProvider.System));
    }

    public async Task ShutDownAsync()
    {
        await OrderAsync("shutdown");
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_unshare.HasExited) await ShutDownAsync();
        Network.Dispose();
        _unshare.Dispose();
    }

    private async Task OrderAsync(string word)
    {
        try
        {
            await _unshare.StandardInput.WriteLineAsync(word);
            await _unshare.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    private async Task HeardAsync(string word)
    {
        while (await _unshare.StandardOutput.ReadLineAsync() is { } line && line != word)
        {
        }
    }

    private static async Task<MachineProcess?> UpAsync(Process unshare, CancellationToken cancel)
    {
        var init = 0;
        while (await unshare.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line.Split(' ') is ["pid", var number]) init = int.Parse(number, CultureInfo.InvariantCulture);
            if (line == "up") return new(unshare, init);
        }

        await unshare.WaitForExitAsync(cancel);
        unshare.Dispose();
        return null;
    }

    private static string Runtime => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Tail(string file) => File.Exists(file) ? string.Join(" / ", File.ReadLines(file).TakeLast(5)) : "its console is empty.";
}
