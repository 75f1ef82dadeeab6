using System.Text.Json.Nodes;

namespace DssPipeline.Planes.Tests;

/// <summary>Macros end in the ways of futures: with a result, a failure, an abort in time.</summary>
public sealed class DssMacroTests
{
    private const string Macro = "projects/P/runnables/pyrunnable_aks-clusters_test-network";
    private const string State = $"{DssSetup.Api}{Macro}/state/r1";
    private const string Result = $"{DssSetup.Api}{Macro}/result/r1";
    private const string Abort = $"POST {DssSetup.Api}{Macro}/abort/r1";

    private static readonly FutureOptions Trial = new("dss/cluster/demo", "the macro tells") { Deadline = TimeSpan.FromMinutes(5), Longest = TimeSpan.FromSeconds(2) };

    private static readonly Reply Running = new(200, """{"exists": true, "running": true, "progress": {}, "empty": true}""");

    [Fact]
    public async Task A_macro_is_waited_for_and_its_result_is_told_as_it_is()
    {
        await using var setup = await StartAsync();
        setup.Remote.On("GET", State, Running, DssSetup.Page(502, "502 Bad Gateway"), new Reply(200, """{"exists": true, "running": false, "type": "HTML"}""")).On("GET", Result, new Reply(200, "<pre>fine</pre>") { ContentType = "text/html" });

        Assert.Equal("<pre>fine</pre>", await RunAsync(setup));
        Assert.Contains(setup.Waits, wait => wait is { Subject: "dss/cluster/demo", For: "the macro tells" });
    }

    [Fact]
    public async Task A_macro_that_failed_is_told_in_its_own_words_and_its_result_is_not_asked_for()
    {
        await using var setup = await StartAsync();
        setup.Remote.On("GET", State, Running, new Reply(200, """{"exists": true, "running": false, "storedError": {"errorType": "java.lang.Exception", "message": "short", "detailedMessage": "No cluster data (not started?)"}}"""));

        var problem = await DssSetup.ProblemOf(() => RunAsync(setup));

        Assert.Equal("Task in DSS failed", problem.Summary);
        Assert.Contains("No cluster data (not started?)", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain($"GET {Result}", setup.Remote.Lines);
    }

    [Fact]
    public async Task A_macro_that_takes_too_long_is_aborted_and_told_so()
    {
        await using var setup = await StartAsync();
        setup.Remote.On("GET", State, Running);

        var problem = await DssSetup.ProblemOf(() => RunAsync(setup));

        Assert.Equal("Task in DSS takes too long", problem.Summary);
        Assert.InRange(setup.Clock.Seconds.Sum(), 300, 305);
        Assert.Equal(Abort, setup.Remote.Lines[^1]);
    }

    [Fact]
    public async Task A_run_that_ends_aborts_the_macro_it_waits_for()
    {
        await using var setup = await StartAsync();
        using var end = new CancellationTokenSource();
        setup.Remote.On("GET", State, _ => { end.Cancel(); return Running; });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => setup.Dss.RunMacroAsync(Macro, [], Trial, end.Token));

        Assert.Equal(Abort, setup.Remote.Lines[^1]);
    }

    [Fact]
    public async Task A_macro_of_which_DSS_no_longer_tells_is_aborted_and_why_is_told()
    {
        await using var setup = await StartAsync();
        setup.Remote.On("GET", State, Running, DssSetup.Error(403, "com.dataiku.dip.exceptions.UnauthorizedException", "Action forbidden, you are not admin"));

        var problem = await DssSetup.ProblemOf(() => RunAsync(setup));

        Assert.Contains("Action forbidden, you are not admin", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(Abort, setup.Remote.Lines[^1]);
        Assert.Single(setup.Remote.Lines, Abort);
    }

    [Fact]
    public async Task A_macro_whose_DSS_went_away_is_aborted_as_far_as_that_goes_and_the_first_problem_is_told()
    {
        await using var setup = await StartAsync(options => options with { Farewell = TimeSpan.FromMilliseconds(200) });
        setup.Remote.On("GET", State, Running, Reply.Drop).On("POST", Abort["POST ".Length..], new Reply(200) { After = Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken) });

        var problem = await DssSetup.ProblemOf(() => RunAsync(setup));

        Assert.Equal("Connection to DSS broke", problem.Summary);
        Assert.Contains("state/r1", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(Abort, setup.Remote.Lines[^1]);
    }

    [Theory]
    [InlineData("""{"exists": false, "running": false, "empty": true}""")]
    [InlineData("""{}""")]
    public async Task A_macro_that_DSS_forgot_is_told_so(string state)
    {
        await using var setup = await StartAsync();
        setup.Remote.On("GET", State, Running, new Reply(200, state));

        Assert.Equal("Task in DSS was forgotten", (await DssSetup.ProblemOf(() => RunAsync(setup))).Summary);
    }

    private static async Task<DssSetup> StartAsync(Func<DssOptions, DssOptions>? with = null)
    {
        var setup = await DssSetup.StartAsync(with);
        setup.Remote.On("POST", $"{DssSetup.Api}{Macro}", new Reply(200, """{"runId": "r1"}""")).On("POST", Abort["POST ".Length..], new Reply(200));
        return setup;
    }

    private static Task<string> RunAsync(DssSetup setup) => setup.Dss.RunMacroAsync(Macro, new JsonObject { ["clusterId"] = "demo" }, Trial, CancellationToken.None);
}
