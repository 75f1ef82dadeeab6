using System.Diagnostics;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A world with a machine that really boots: the program is run against it in a process of its own, and people log in by ssh.</summary>
public sealed class MachineWorld : IDisposable
{
    private static readonly string Sandbox = Path.Combine(AppContext.BaseDirectory, "DssPipeline.Sandbox.dll");
    private static readonly Lazy<Task<MachineWorld>> Bare = new(() => MadeAsync("--machine", "none"));
    private static readonly Lazy<Task<MachineWorld>> Whole = new(() => MadeAsync("--machine", "linux"));

    private static readonly Lazy<Task<MachineWorld>> Old = new(() => MadeAsync("--machine", "linux", "--set", "dss.version=13.5.5", "--set", "dss.r=true"));
    private static readonly Lazy<Task<MachineWorld>> Prepared = new(() => MadeAsync("--machine", "linux", "--target", "PrepareVm"));

    private MachineWorld()
    {
    }

    public Stage Stage { get; } = new();

    /// <summary>The machine's own files, as root sees them from the host; what lies on the data disk is not among them.</summary>
    public string System => Path.Combine(Stage.World, "machines", Stage.Reference.Names.VirtualMachine.Name, "system");

    /// <summary>Nothing is there yet.</summary>
    public static MachineWorld Empty() => new();

    /// <summary>The reference deployment as far as Azure goes; the machine is bare.</summary>
    public static async Task<MachineWorld> BareAsync() => await (await Bare.Value).CopyAsync();

    /// <summary>The whole reference deployment, as wished.</summary>
    public static async Task<MachineWorld> WholeAsync() => await (await Whole.Value).CopyAsync();

    /// <summary>The whole deployment as it was with DSS 13.5.5 and its R integration.</summary>
    public static async Task<MachineWorld> OldAsync() => await (await Old.Value).CopyAsync();

    /// <summary>A machine that is prepared for DSS, and has none.</summary>
    public static async Task<MachineWorld> PreparedAsync() => await (await Prepared.Value).CopyAsync();

    /// <summary>Runs the program against this world, its machine included.</summary>
    public Task<HostRun> RunAsync(params string[] arguments) => Stage.RunAsync(["--machine", "linux", .. arguments]);

    /// <summary>The same, with more in the program's environment.</summary>
    internal async Task<HostRun> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var host = Host.StartWith(environment, ["--sandbox", Stage.World, "--machine", "linux", .. arguments]);
        return await host.EndAsync();
    }

    /// <summary>Logs in by ssh and runs a line of shell as the administrator, who may use sudo.</summary>
    internal async Task<HostRun> LoginAsync(string line)
    {
        using var ssh = Host.StartOther("dotnet", "exec", Sandbox, "ssh", "--state", Stage.World, "--", line);
        return await ssh.EndAsync();
    }

    /// <summary>Runs a script as root of the machine, which must succeed; "data" is the data directory of DSS.</summary>
    /// <returns>What it printed.</returns>
    internal async Task<string> MustAsync(string script)
    {
        var run = await LoginAsync($"sudo bash -s <<'THE SCRIPT ENDS'\nset -euo pipefail\ndata=/data/dataiku/dss_data\n{script}\nTHE SCRIPT ENDS");
        Assert.True(run.ExitCode == 0, $"{script}\n{run.Said}");
        return run.Output.Trim();
    }

    /// <summary>Runs the program and kills it, and the machine with it, as soon as something is so on the data disk.</summary>
    /// <param name="isSo">Is handed the mounted disk.</param>
    /// <returns>False when there was nothing left to do, as the run before came further than it should.</returns>
    internal async Task<bool> KilledWhenAsync(Func<string, bool> isSo, params string[] arguments)
    {
        using var host = Host.Start(["--sandbox", Stage.World, "--machine", "linux", .. arguments]);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await host.SaidAsync("Plan: ");
        if (MachineProcesses.DiskOf(host.Id) is not { } disk)
        {
            (await host.EndAsync()).Ends(0).Says("Nothing to do");
            return false;
        }

        var (so, end) = (Growing.UntilAsync(disk, isSo, late.Token), host.EndAsync());
        if (await Task.WhenAny(so, end) == end) Assert.Fail($"It never was so.\n{(await end).Said}");
        await late.CancelAsync();
        host.Kill();
        await end;
        OutliveLock();
        return true;
    }

    /// <summary>The lock of a run that was killed ends by itself within a minute; that minute has passed.</summary>
    public void OutliveLock()
    {
        foreach (var blob in Directory.EnumerateFiles(Path.Combine(Stage.World, "blobs"), "*.json", SearchOption.AllDirectories)) File.Delete(blob);
    }

    /// <summary>A mount point is made immutable, so that nothing is written below the disk's place while it is away.</summary>
    public void Dispose()
    {
        if (Directory.Exists(System))
        {
            using var loosened = Process.Start("chattr", ["-f", "-i", .. Directory.EnumerateDirectories(System)]);
            loosened.WaitForExit();
        }

        Stage.Dispose();
    }

    private static async Task<MachineWorld> MadeAsync(params string[] arguments)
    {
        var world = new MachineWorld();
        var run = await world.Stage.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Output);
        return world;
    }

    // Owners, devices, links, holes and attributes of the machine's files matter.
    public async Task<MachineWorld> CopyAsync()
    {
        var copy = new MachineWorld();
        using var cp = Process.Start("cp", ["--archive", "--sparse=always", Stage.World, copy.Stage.World]);
        await cp.WaitForExitAsync();
        Assert.Equal(0, cp.ExitCode);
        return copy;
    }
}
