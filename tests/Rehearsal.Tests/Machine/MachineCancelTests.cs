using DssPipeline.Sandbox.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A run that is ended while the machine works says what is in flight, leaves nothing behind, and the next one goes on.</summary>
[TakesMinutes]
public sealed class MachineCancelTests
{
    private static readonly string[] Prepare = ["--target", "PrepareVm"];

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Ended_in_the_middle_of_a_long_job_it_says_so_and_the_next_run_converges(string signal)
    {
        using var world = await MachineWorld.BareAsync();
        var settings = Settings(world);
        using var host = Waiting(world, settings);

        await UntilItWaitsAsync(host);
        await host.SignalAsync(signal);
        var ended = await host.EndAsync();
        var left = await Leftovers.StayingAsync(world.Stage.PathOf(""));
        var next = await world.RunAsync(Prepare);

        ended.Ends(130).Says("machine/packages/system").Says("cancelled");
        Assert.Empty(left);
        Assert.Empty(Directory.EnumerateDirectories(settings["TMPDIR"], "dss-*"));
        next.Ends(0).Says("Looked again: nothing differs.");
    }

    [Fact]
    public async Task The_second_signal_ends_it_at_once()
    {
        using var world = await MachineWorld.BareAsync();
        using var host = Waiting(world, Settings(world));

        await UntilItWaitsAsync(host);
        await host.SignalAsync("TERM");
        await host.SignalAsync("TERM");
        var ended = await host.EndAsync();
        var left = await Leftovers.StayingAsync(world.Stage.PathOf(""));

        Assert.Contains(ended.ExitCode, (int[])[130, 143]);
        Assert.Empty(left);
    }

    private static Dictionary<string, string> Settings(MachineWorld world) => new(StringComparer.Ordinal) { ["TMPDIR"] = Directory.CreateDirectory(world.Stage.PathOf("t")).FullName };

    /// <summary>A run whose first installation of packages waits for ever: somebody else holds dnf's lock.</summary>
    private static Host Waiting(MachineWorld world, Dictionary<string, string> settings) =>
        Host.StartWith(settings, ["--sandbox", world.Stage.World, "--machine", "linux", "--faults", "dnf-locked@boot", .. Prepare]);

    private static async Task UntilItWaitsAsync(Host host)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var began = TimeProvider.System.GetTimestamp();
        while (!MachineProcesses.Runs(host.Id, "dnf -y"))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2), "No dnf was seen in the machine.");
            await beat.WaitForNextTickAsync();
        }
    }
}
