using Cake.Core;
using DssPipeline.Chapters;
using DssPipeline.Sandbox;
using DssPipeline.Sandbox.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>One run at a time changes a deployment; a run that has nothing to do is in nobody's way.</summary>
public sealed class LockTests(FirstRun first)
{
    private static readonly Names Names = Stage.Reference.Names;

    [Fact]
    public async Task The_second_of_two_runs_is_locked_out_and_touches_nothing()
    {
        using var stage = first.Copy();
        await using var world = await Neighbours.OpenAsync(stage);
        await BendAsync(world.Somebody);
        var (one, _) = world.Run();
        var (two, told) = world.Run();
        var before = RegistryWrites(world);

        await one.BeginAsync(["CreateNetwork"]);
        await Assert.ThrowsAsync<CakeException>(() => two.BeginAsync(["CreateRegistry"]));
        await two.ConcludeAsync();
        await one.ConcludeAsync();

        Assert.Equal((ExitCode.AsWished, ExitCode.Locked), (one.Exit, two.Exit));
        Assert.Contains("Error: Another run holds the lock", told.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{Environment.MachineName} holds the lock of reference since", told.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(before, RegistryWrites(world));
    }

    [Fact]
    public async Task A_lock_that_was_given_back_is_taken_by_the_next()
    {
        using var stage = first.Copy();
        await using var world = await Neighbours.OpenAsync(stage);
        await BendAsync(world.Somebody);
        var (one, _) = world.Run();
        var (two, _) = world.Run();

        await one.BeginAsync(["CreateNetwork"]);
        await one.ConcludeAsync();
        await two.BeginAsync(["CreateRegistry"]);
        await two.ConcludeAsync();

        Assert.Equal((ExitCode.AsWished, ExitCode.AsWished), (one.Exit, two.Exit));
    }

    [Fact]
    public async Task What_was_done_before_the_lock_was_taken_is_seen_under_it()
    {
        using var stage = first.Copy();
        await using var world = await Neighbours.OpenAsync(stage);
        await SkuAsync(world.Somebody, "Basic");
        using var meanwhile = new Meanwhile(() => SkuAsync(world.Somebody, "Standard"));
        var (run, told) = world.Run(told: meanwhile);

        await run.BeginAsync(["CreateRegistry"]);
        var before = RegistryWrites(world);
        await run.ConcludeAsync();

        Assert.Equal(ExitCode.AsWished, run.Exit);
        Assert.Contains("Something moved before the lock was taken.", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, RegistryWrites(world));
    }

    [Fact]
    public async Task A_holder_that_died_is_outlived()
    {
        using var stage = first.Copy();
        await using var world = await Neighbours.OpenAsync(stage);
        await BendAsync(world.Somebody);
        var (dead, _) = world.Run(pulse: new ManualClock());
        var (early, _) = world.Run();
        var (late, _) = world.Run();

        await dead.BeginAsync(["CreateNetwork"]);
        await Assert.ThrowsAsync<CakeException>(() => early.BeginAsync(["CreateRegistry"]));
        world.Pass(TimeSpan.FromSeconds(61));
        await late.BeginAsync(["CreateRegistry"]);
        await late.ConcludeAsync();

        Assert.Equal((ExitCode.Locked, ExitCode.AsWished), (early.Exit, late.Exit));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_gives_it_back()
    {
        using var stage = first.Copy();
        using var cut = new CancellationTokenSource();
        await using var world = await Neighbours.OpenAsync(stage);
        await BendAsync(world.Somebody);
        world.Fault("slow@PUT *virtualNetworks/* delay=500ms; slow@PATCH *virtualNetworks/* delay=500ms");
        var (one, _) = world.Run(cancel: cut.Token);
        var (two, _) = world.Run();

        await one.BeginAsync(["CreateNetwork"]);
        await cut.CancelAsync();
        await one.ConcludeAsync();
        await two.BeginAsync(["CreateRegistry"]);
        await two.ConcludeAsync();

        Assert.Equal((ExitCode.Cancelled, ExitCode.AsWished), (one.Exit, two.Exit));
    }

    [Fact]
    public async Task A_run_that_loses_it_stops_and_says_so()
    {
        using var stage = first.Copy();
        var pulse = new ManualClock();
        await using var world = await Neighbours.OpenAsync(stage);
        await BendAsync(world.Somebody);
        world.Fault("slow@PUT *virtualNetworks/* delay=2s; slow@PATCH *virtualNetworks/* delay=2s");
        var (run, told) = world.Run(pulse);

        await run.BeginAsync(["CreateNetwork"]);
        world.Fault("role-delay@PUT *");
        pulse.Advance(TimeSpan.FromSeconds(20));
        await run.ConcludeAsync();

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("Error: The lock was lost", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("cancelled", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_deployment_says_that_it_goes_without() =>
        first.Run.Says("Without a lock: streference/dss-pipeline is not there yet.");

    [Fact]
    public async Task A_run_with_nothing_to_do_does_not_ask_for_it()
    {
        using var stage = first.Copy();

        var run = await stage.RunAsync();

        run.Ends(0);
        Assert.DoesNotContain(stage.Requests, request => request.Endpoint is Endpoint.Blob);
    }

    [Fact]
    public async Task Without_the_role_a_run_says_how_to_get_it_and_goes_on()
    {
        using var stage = first.Copy();
        await stage.BendAsync(BendAsync);

        var run = await stage.RunAsync("--faults", "role-delay@PUT *");

        run.Ends(0).Says("Without a lock: streference/dss-pipeline does not let this run in (AuthorizationPermissionMismatch).").Says("identity.deployerObjectId").Says("Storage Blob Data Contributor");
    }

    [Fact]
    public async Task Destroy_gives_it_back_just_before_its_container_goes()
    {
        using var stage = first.Copy();

        var run = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");

        run.Ends(0).Says("The lock is given back: what it is kept in is removed now.");
        var lastLease = stage.Requests.Where(request => request.Endpoint is Endpoint.Blob).Max(request => request.End);
        var home = Assert.Single(stage.Requests, request => request.Method == "DELETE" && request.Path.EndsWith("/containers/dss-pipeline", StringComparison.Ordinal));
        Assert.True(lastLease <= home.Start, run.Said);
    }

    private static async Task BendAsync(Somebody somebody)
    {
        await somebody.PatchAsync(Names.VirtualNetwork.Path, "2025-01-01", new { tags = new { owner = "somebody else" } });
        await SkuAsync(somebody, "Basic");
    }

    private static Task SkuAsync(Somebody somebody, string name) => somebody.PatchAsync(Names.Registry.Path, "2025-11-01", new { sku = new { name } });

    private static int RegistryWrites(Neighbours world) => world.Requests.Count(request =>
        request.Endpoint is Endpoint.Arm && request.Method is "PUT" or "PATCH" or "DELETE" && request.Path.Contains("registries", StringComparison.OrdinalIgnoreCase));

    /// <summary>Does something once, when the first plan has been told and the lock is not yet taken.</summary>
    private sealed class Meanwhile(Func<Task> something) : StringWriter
    {
        private bool done;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (done || value?.StartsWith("Plan of ", StringComparison.Ordinal) is not true) return;

            done = true;
            something().GetAwaiter().GetResult();
        }
    }
}
