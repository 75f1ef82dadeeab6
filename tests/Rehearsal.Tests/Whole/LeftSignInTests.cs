namespace DssPipeline.Rehearsal.Tests;

/// <summary>A run that is killed in the middle of a push leaves the machine signed in to the registry: the next plan names it, and the next run takes it back.</summary>
public sealed class LeftSignInTests
{
    private const string Settings = """{"auths":{"other.example":{"auth":"eDp5"}}}""";
    private const string Left = "  - machine/registryLogin/dssuser";

    [Fact]
    public async Task What_a_killed_push_left_is_named_by_the_next_plan_and_taken_back_by_the_next_run()
    {
        using var world = await MachineWorld.WholeAsync();
        await world.MustAsync($"install -d -o dssuser -g dssuser -m 0700 ~dssuser/.docker; printf '%s' '{Settings}' >~dssuser/.docker/config.json; chown dssuser: ~dssuser/.docker/config.json");

        await KillInPushAsync(world);
        var left = await world.MustAsync("cat ~dssuser/.docker/config.json");
        var plan = await world.RunAsync("--target", "Plan");
        var repaired = await world.RunAsync();
        var now = await world.MustAsync("cat ~dssuser/.docker/config.json; ls -A /var/lib/dss-pipeline/registry-login");
        var after = await world.RunAsync("--target", "Plan");

        Assert.Contains("crreference.azurecr.io", left, StringComparison.Ordinal);
        plan.Ends(2).Says(Left).Says("A run that was killed left dssuser signed in").Says("Plan: 1 to delete");
        repaired.Ends(0).Says(Left).Says("Looked again: nothing differs.");
        Assert.Equal(Settings, now);
        after.Ends(0).Says("Nothing to do");
    }

    /// <summary>The registry has all images again afterwards, so that the sign-in is all that is left of that run.</summary>
    private static async Task KillInPushAsync(MachineWorld world)
    {
        var (registries, kept) = (Path.Combine(world.Stage.World, "registries"), world.Stage.PathOf("registries"));
        Directory.Move(registries, kept);
        using (var host = Host.Start(["--sandbox", world.Stage.World, "--machine", "linux", "--faults", "slow@POST *push-base-images delay=170s on=dss"]))
        {
            var end = host.EndAsync();
            await UntilSignedInAsync(world, end);
            host.Kill();
            await end;
        }

        world.OutliveLock();
        if (Directory.Exists(registries)) Directory.Delete(registries, recursive: true);
        Directory.Move(kept, registries);
    }

    private static async Task UntilSignedInAsync(MachineWorld world, Task<HostRun> end)
    {
        var mark = Path.Combine(world.System, "var/lib/dss-pipeline/registry-login/dssuser/mark");
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(mark))
        {
            if (end.IsCompleted) Assert.Fail($"Nobody signed in.\n{(await end).Said}");
            await beat.WaitForNextTickAsync();
        }
    }
}
