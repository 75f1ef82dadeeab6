namespace DssPipeline.Rehearsal.Tests;

/// <summary>A run that is killed in the middle of a push leaves the machine signed in to the registry: the next plan names it, and the next run takes it back and pushes, once.</summary>
public sealed class LeftSignInTests
{
    private const string Settings = """{"auths":{"other.example":{"auth":"eDp5"}}}""";
    private const string Left = "  - machine/registryLogin/dssuser";

    [Fact]
    public async Task What_a_killed_push_left_is_named_by_the_next_plan_and_the_next_run_takes_it_back_and_pushes_once()
    {
        using var world = await MachineWorld.WholeAsync();
        await world.MustAsync($"install -d -o dssuser -g dssuser -m 0700 ~dssuser/.docker; printf '%s' '{Settings}' >~dssuser/.docker/config.json; chown dssuser: ~dssuser/.docker/config.json");

        await KillInPushAsync(world);
        var left = await world.MustAsync("cat ~dssuser/.docker/config.json");
        var plan = await world.RunAsync("--target", "Plan");
        var before = Pushes(world);
        var repaired = await world.RunAsync();
        var pushes = Pushes(world) - before;
        var now = await world.MustAsync("cat ~dssuser/.docker/config.json; ls -A /var/lib/dss-pipeline/registry-login");
        var after = await world.RunAsync("--target", "Plan");

        Assert.Contains("crreference.azurecr.io", left, StringComparison.Ordinal);
        plan.Ends(2).Says(Left).Says("A run that was killed left dssuser signed in to push images, unless a run is pushing at this moment.").Says(Pushed("containerExec")).Says(Pushed("spark")).Says("Plan: 2 to create, 1 to delete");
        repaired.Ends(0).Says(Left).Says("Looked again: nothing differs.");
        Assert.Equal(1, pushes);
        Assert.Equal(Settings, now);
        after.Ends(0).Says("Nothing to do");
    }

    /// <summary>Killed while DSS is asked to push what the registry lacks.</summary>
    private static async Task KillInPushAsync(MachineWorld world)
    {
        Directory.Delete(Path.Combine(world.Stage.World, "registries"), recursive: true);
        using (var host = Host.Start(["--sandbox", world.Stage.World, "--machine", "linux", "--faults", "slow@POST *push-base-images delay=170s on=dss"]))
        {
            var end = host.EndAsync();
            await UntilSignedInAsync(world, end);
            host.Kill();
            await end;
        }

        world.OutliveLock();
    }

    private static string Pushed(string kind) => $"  + dss/pushedImage/crreference.azurecr.io/{kind}";

    private static int Pushes(MachineWorld world) => world.Stage.Requests.Count(request => request.Path.EndsWith("push-base-images", StringComparison.Ordinal));

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
