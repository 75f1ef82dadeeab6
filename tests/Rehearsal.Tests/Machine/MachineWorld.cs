using System.Diagnostics;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A world with a machine that really boots: the program is run against it in a process of its own, and people log in by ssh.</summary>
public sealed class MachineWorld : IDisposable
{
    private static readonly string Sandbox = Path.Combine(AppContext.BaseDirectory, "DssPipeline.Sandbox.dll");
    private static readonly Lazy<Task<MachineWorld>> Bare = new(() => MadeAsync("--machine", "none"));
    private static readonly Lazy<Task<MachineWorld>> Whole = new(() => MadeAsync("--machine", "linux"));

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

    /// <summary>Runs the program against this world, its machine included.</summary>
    public Task<HostRun> RunAsync(params string[] arguments) => Stage.RunAsync(["--machine", "linux", .. arguments]);

    /// <summary>Logs in by ssh and runs a line of shell as the administrator, who may use sudo.</summary>
    internal async Task<HostRun> LoginAsync(string line)
    {
        using var ssh = Host.StartOther("dotnet", "exec", Sandbox, "ssh", "--state", Stage.World, "--", line);
        return await ssh.EndAsync();
    }

    /// <summary>The lock of a run that was killed ends by itself within a minute; that minute has passed.</summary>
    public void OutliveLock()
    {
        foreach (var blob in Directory.EnumerateFiles(Path.Combine(Stage.World, "blobs"), "*.json", SearchOption.AllDirectories)) File.Delete(blob);
    }

    public void Dispose() => Stage.Dispose();

    private static async Task<MachineWorld> MadeAsync(params string[] arguments)
    {
        var world = new MachineWorld();
        var run = await world.Stage.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Output);
        return world;
    }

    // Owners, devices, links, holes and attributes of the machine's files matter.
    private async Task<MachineWorld> CopyAsync()
    {
        var copy = new MachineWorld();
        using var cp = Process.Start("cp", ["--archive", "--sparse=always", Stage.World, copy.Stage.World]);
        await cp.WaitForExitAsync();
        Assert.Equal(0, cp.ExitCode);
        return copy;
    }
}
