using System.Diagnostics.CodeAnalysis;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Whatever Azure does, the deployment arrives or says well why not; whenever it is cut, the next run finishes it.</summary>
[TakesMinutes]
public sealed class FaultTests(FirstRun first)
{
    [Theory]
    [InlineData("429@PUT * times=5 retry-after=0; 429@GET * times=5 retry-after=0")]
    [InlineData("500@GET * p=0.05; 503@PUT * p=0.1")]
    [InlineData("drop-before@* * every=15; drop-after@PUT * every=7")]
    [InlineData("stale@GET * every=5; 409@PUT * times=3")]
    [InlineData("slow@* * delay=300ms p=0.2; short-token@POST * lifetime=2s")]
    public async Task It_arrives_all_the_same(string faults)
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--faults", faults);
        var again = await stage.RunAsync();

        run.Ends(0);
        again.Ends(0);
        Assert.Contains(stage.Requests, request => request.Fault is not null);
        Assert.Equal(await ThingsOfFirstRunAsync(), await stage.ThingsAsync());
    }

    [Fact]
    public async Task What_differs_again_after_the_run_is_told_and_nothing_else_is_claimed()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", "CreateRegistry", "--faults", "404@GET *Microsoft.ContainerRegistry/registries code=ResourceNotFound");

        run.Ends(1).Says("looking once more in 10 s").Says("Plan of what differs after the run");
        Assert.StartsWith("Not as wished: reference was made as planned, and what is listed above differs again.", run.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("As wished: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_operation_is_told_and_what_stands_on_it_names_it()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--faults", "fail-operation@PUT *Microsoft.Compute/virtualMachines/* code=AllocationFailed");
        var again = await stage.RunAsync();

        run.Ends(1)
            .Says("× azure/virtualMachine/vm-reference  failed after ")
            .Says("Error: No capacity in Azure")
            .Says("+ azure/storageAccount/streference  made in ");
        Assert.StartsWith("Not as wished: reference has 1 failed", run.Lines[^1], StringComparison.Ordinal);
        again.Ends(0);
        Assert.Equal(await ThingsOfFirstRunAsync(), await stage.ThingsAsync());
    }

    [Theory]
    [InlineData("INT", 6)]
    [InlineData("TERM", 14)]
    public async Task Ended_in_the_middle_it_says_what_is_done_and_the_next_run_goes_on(string signal, int writes)
    {
        Assert.SkipWhen(IsIgnored(signal), $"The tests themselves were started with SIG{signal} ignored, as a shell does for what it runs in the background; the program inherits that.");
        using var stage = new Stage();
        using var host = Host.Start("--sandbox", stage.World, "--latency", "100ms");

        await UntilWritesAsync(stage, writes);
        await host.SignalAsync(signal);
        var ended = await host.EndAsync();
        var next = await stage.RunAsync();

        ended.Ends(130).Says("cancelled");
        Assert.StartsWith("Not as wished: reference has ", ended.Lines[^1], StringComparison.Ordinal);
        next.Ends(0);
        Assert.Equal(await ThingsOfFirstRunAsync(), await stage.ThingsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(20)]
    public async Task Killed_at_any_point_the_next_run_goes_on_and_nothing_exists_twice(int writes)
    {
        using var stage = new Stage();
        using var host = Host.Start("--sandbox", stage.World, "--latency", "30ms");

        await UntilWritesAsync(stage, writes);
        host.Kill();
        var killed = await host.EndAsync();
        var next = await stage.RunAsync();
        var plan = await stage.RunAsync("--target", "Plan");

        Assert.NotEqual(0, killed.ExitCode);
        next.Ends(0);
        plan.Ends(0);
        Assert.Equal(await ThingsOfFirstRunAsync(), await stage.ThingsAsync());
    }

    [Fact]
    public async Task A_fault_script_that_cannot_be_read_says_what_would_be_right()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--faults", "sloow@GET *; 429@PUT times=many");

        run.Ends(3).Complains("Error: Sandbox does not start").Complains("sloow").Complains("times=many");
        Assert.Empty(stage.Requests);
    }

    private static async Task UntilWritesAsync(Stage stage, int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Growing.UntilWritesAsync(stage.World, count, late.Token);
    }

    private async Task<IReadOnlyList<string>> ThingsOfFirstRunAsync()
    {
        using var copy = first.Copy();
        return await copy.ThingsAsync();
    }

    [SuppressMessage("Design", "MA0144", Justification = "The mask of ignored signals is Linux's own.")]
    private static bool IsIgnored(string signal)
    {
        var number = signal is "INT" ? 2 : 15;
        var mask = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1] : "0";
        return (Convert.ToUInt64(mask, 16) & (1UL << (number - 1))) != 0;
    }
}
