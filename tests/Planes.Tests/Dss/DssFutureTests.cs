using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class DssFutureTests
{
    private const string Job = $"{DssSetup.Api}futures/abc";

    private static readonly FutureOptions Pushing = new("dss/pushedImages/demo", "the base images are pushed");

    private static readonly Reply Working = new(200, """{"jobId": "abc", "alive": true, "hasResult": false, "aborted": false}""");

    [Fact]
    public async Task A_result_that_is_there_at_once_is_told_without_asking()
    {
        await using var setup = await DssSetup.StartAsync();

        var result = await setup.Dss.FinishAsync(JsonNode.Parse("""{"hasResult": true, "alive": false, "result": {"envName": "e"}}"""), Pushing, CancellationToken.None);

        Assert.Equal("e", (string?)result!["envName"]);
        Assert.Empty(setup.Remote.Asked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"messages": {"error": false, "fatal": false, "success": false, "maxSeverity": "INFO", "messages": []}}""")]
    [InlineData("""{"envName": "e"}""")]
    public async Task An_answer_that_is_no_task_is_its_own_result(string? answer)
    {
        await using var setup = await DssSetup.StartAsync();
        var started = answer is null ? null : JsonNode.Parse(answer);

        Assert.Same(started, await setup.Dss.FinishAsync(started, Pushing, CancellationToken.None));
    }

    [Fact]
    public async Task A_task_is_asked_for_in_growing_pauses_until_its_result_is_there()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, [.. Enumerable.Repeat(Working, 60), new Reply(200, """{"jobId": "abc", "alive": false, "hasResult": true, "result": {"pushed": 2}}""")]);

        var result = await setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, CancellationToken.None);

        Assert.Equal(2, (int?)result!["pushed"]);
        Assert.Equal(61, setup.Remote.Asked.Count);
        Assert.Equal(setup.Clock.Seconds.Order(), setup.Clock.Seconds);
        Assert.Equal((0.2, 15), (setup.Clock.Seconds.First(), setup.Clock.Seconds.Last()));
        Assert.Contains(setup.Waits, wait => wait is { Subject: "dss/pushedImages/demo", For: "the base images are pushed" });
    }

    [Theory]
    [InlineData(500, """{"errorType": "com.dataiku.dip.exceptions.CodedException", "message": "ERR_CONTAINER_IMAGE_PUSH_FAILED: denied"}""")]
    [InlineData(200, """{"jobId": "abc", "alive": false, "hasResult": true, "result": {"messages": {"error": true, "messages": [{"severity": "ERROR", "code": "ERR_CONTAINER_IMAGE_PUSH_FAILED", "title": "Push", "message": "denied"}]}}}""")]
    [InlineData(200, """{"jobId": "abc", "alive": false, "hasResult": true, "result": {"success": false, "installationError": {"message": "ERR_CONTAINER_IMAGE_PUSH_FAILED", "detailedMessage": "ERR_CONTAINER_IMAGE_PUSH_FAILED: denied"}}}""")]
    public async Task Each_way_of_failing_is_told_in_the_words_of_DSS(int status, string body)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, Working, new Reply(status, body));

        var problem = await DssSetup.ProblemOf(() => setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, CancellationToken.None));

        Assert.Equal("Base images were not pushed", problem.Summary);
        Assert.Contains("ERR_CONTAINER_IMAGE_PUSH_FAILED", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("denied", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("until the base images are pushed", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(2, setup.Remote.Asked.Count);
    }

    [Fact]
    public async Task A_gateway_that_fails_in_between_is_asked_again()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, Working, DssSetup.Page(502, "502 Bad Gateway"), Reply.Drop, new Reply(200, """{"hasResult": true, "result": {}}"""));

        Assert.NotNull(await setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"jobId": "abc", "alive": false, "hasResult": false}""", "Task in DSS died")]
    [InlineData("""{"jobId": "abc", "alive": false, "hasResult": false, "aborted": true}""", "Task in DSS was aborted")]
    public async Task A_task_that_ends_without_a_result_is_not_waited_for(string body, string summary)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, new Reply(200, body));

        Assert.Equal(summary, (await DssSetup.ProblemOf(() => setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, CancellationToken.None))).Summary);
        Assert.InRange(setup.Remote.Asked.Count, 1, 2);
    }

    [Fact]
    public async Task A_task_that_DSS_forgot_is_told_so()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, DssSetup.Error(404, "", "unknown future"));

        Assert.Equal("Task in DSS was forgotten", (await DssSetup.ProblemOf(() => setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task A_task_that_takes_too_long_is_aborted()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Job, Working).On("DELETE", Job, new Reply(200));

        var problem = await DssSetup.ProblemOf(() => setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing with { Deadline = TimeSpan.FromMinutes(5) }, CancellationToken.None));

        Assert.Equal("Task in DSS takes too long", problem.Summary);
        Assert.InRange(setup.Clock.Seconds.Sum(), 300, 320);
        Assert.Equal($"DELETE {Job}", setup.Remote.Lines[^1]);
    }

    [Fact]
    public async Task A_run_that_ends_aborts_what_it_waits_for()
    {
        await using var setup = await DssSetup.StartAsync();
        using var end = new CancellationTokenSource();
        setup.Remote.On("GET", Job, _ => { end.Cancel(); return Working; }).On("DELETE", Job, new Reply(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => setup.Dss.FinishAsync(JsonNode.Parse(Working.Body), Pushing, end.Token));

        Assert.Equal($"DELETE {Job}", setup.Remote.Lines[^1]);
    }

    [Fact]
    public void Messages_that_only_warn_are_no_failure() =>
        Assert.Null(DssMessages.FailureIn(Json.Of(new { messages = new { success = false, warning = true, error = false, fatal = false, messages = new[] { new { severity = "WARNING", message = "hm" } } } })));

    [Fact]
    public void Only_what_is_wrong_is_told_of_many_messages()
    {
        var answer = JsonNode.Parse("""{"messages": {"error": true, "messages": [{"severity": "INFO", "message": "fine"}, {"severity": "ERROR", "title": "Build", "message": "no space", "details": "on /data"}, {"severity": "WARNING", "isFatal": true, "message": "given up"}]}}""");

        Assert.Equal("Build: no space: on /data. given up.", DssMessages.FailureIn(answer));
    }
}
