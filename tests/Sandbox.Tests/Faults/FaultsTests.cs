using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class FaultsTests
{
    [Fact]
    public async Task A_status_is_answered_as_often_as_asked_for_and_then_no_more()
    {
        await using var sandbox = await StartAsync("429@GET */secrets/* times=2 retry-after=7");
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++) answers.Add(await GetAsync(sandbox, token));

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.NotFound], answers.Select(answer => answer.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), answers[0].Headers.RetryAfter!.Delta);
        Assert.Equal("TooManyRequests", (string?)(await SandboxClient.JsonOf(answers[0]))["error"]!["code"]);
    }

    [Theory]
    [InlineData("503 nth=2", "404 503 404 404 404 404")]
    [InlineData("503 every=3", "404 404 503 404 404 503")]
    [InlineData("503 skip=4", "404 404 404 404 503 503")]
    [InlineData("503 skip=1 times=2; 500 every=6", "404 503 503 404 404 500")]
    public async Task Counted_rules_hit_the_matches_they_name(string script, string expected)
    {
        await using var sandbox = await StartAsync(script.Replace("503", "503@* */secrets/*", StringComparison.Ordinal).Replace("500", "500@GET /v1/*", StringComparison.Ordinal));
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        var statuses = new List<int>();
        for (var i = 0; i < 6; i++) statuses.Add((int)(await GetAsync(sandbox, token)).StatusCode);

        Assert.Equal(expected, string.Join(' ', statuses));
    }

    [Fact]
    public async Task A_bad_gateway_is_a_page_for_people()
    {
        await using var sandbox = await StartAsync("502@GET *");

        using var answer = await GetAsync(sandbox, token: null);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_connection_dropped_before_the_work_leaves_the_world_as_it_was()
    {
        await using var sandbox = await StartAsync("drop-before@PUT *");
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        await Assert.ThrowsAsync<HttpRequestException>(() => PutAsync(sandbox, token, "one"));

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(sandbox, token)).StatusCode);
    }

    [Fact]
    public async Task A_connection_dropped_after_the_work_leaves_the_work_done()
    {
        await using var sandbox = await StartAsync("drop-after@PUT *");
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        await Assert.ThrowsAsync<HttpRequestException>(() => PutAsync(sandbox, token, "one"));

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(sandbox, token)).StatusCode);
    }

    [Fact]
    public async Task A_stale_read_gives_the_answer_of_the_read_before()
    {
        await using var sandbox = await StartAsync("stale@GET */secrets/* times=1");
        var token = await sandbox.TokenAsync(SandboxClient.Vault);
        await PutAsync(sandbox, token, "old");

        var before = await ValueAsync(sandbox, token);
        await PutAsync(sandbox, token, "new");
        var stale = await ValueAsync(sandbox, token);
        var after = await ValueAsync(sandbox, token);

        Assert.Equal(["old", "old", "new"], [before, stale, after]);
    }

    [Fact]
    public async Task A_slow_answer_comes_when_its_time_has_passed()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock, Faults = FaultScript.Parse("slow@GET * delay=30s").OrThrow() });

        var answer = GetAsync(sandbox, token: null);
        await clock.WaitedForAsync();
        var early = answer.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(early);
        Assert.Equal(HttpStatusCode.Unauthorized, (await answer).StatusCode);
        Assert.Equal(30_000, sandbox.Server.Requests[^1].Milliseconds);
    }

    [Fact]
    public async Task Roles_take_a_while_to_be_honoured_on_the_data_planes()
    {
        await using var sandbox = await StartAsync("role-delay times=2");
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++) answers.Add(await GetAsync(sandbox, token));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound], answers.Select(answer => answer.StatusCode));
    }

    [Fact]
    public async Task The_same_seed_hits_the_same_requests_and_another_seed_others()
    {
        var first = await HitsAsync(seed: 7);
        var again = await HitsAsync(seed: 7);
        var other = await HitsAsync(seed: 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Contains('!', first);
        Assert.Contains('.', first);
    }

    [Fact]
    public async Task Rules_can_be_added_and_cleared_while_running()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var rule = new FaultRule { Kind = FaultKind.Status, Status = 500, On = Endpoint.KeyVault };
        sandbox.Server.Faults.Add(rule);

        using var hit = await GetAsync(sandbox, token: null);
        sandbox.Server.Faults.Clear();
        using var missed = await GetAsync(sandbox, token: null);

        Assert.Equal(HttpStatusCode.InternalServerError, hit.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, missed.StatusCode);
        Assert.Equal("500@* * on=keyvault", sandbox.Server.Requests[0].Fault);
        Assert.Null(sandbox.Server.Requests[1].Fault);
    }

    private static async Task<string> HitsAsync(int seed)
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Seed = seed, Faults = FaultScript.Parse("500@GET * p=0.5").OrThrow() });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 24; i++) statuses.Add((await GetAsync(sandbox, token: null)).StatusCode);
        return string.Concat(statuses.Select(status => status == HttpStatusCode.InternalServerError ? '!' : '.'));
    }

    private static Task<SandboxClient> StartAsync(string script) =>
        SandboxClient.StartAsync(options => options with { Faults = FaultScript.Parse(script).OrThrow() });

    private static string Url(SandboxClient sandbox) => $"{sandbox.Endpoints.KeyVault}v1/secrets/one?api-version=7.4";

    private static Task<HttpResponseMessage> GetAsync(SandboxClient sandbox, string? token) =>
        sandbox.SendAsync(HttpMethod.Get, Url(sandbox), token);

    private static Task<HttpResponseMessage> PutAsync(SandboxClient sandbox, string token, string value) =>
        sandbox.SendAsync(HttpMethod.Put, Url(sandbox), token, $$"""{"value":"{{value}}"}""");

    private static async Task<string> ValueAsync(SandboxClient sandbox, string token) =>
        (string)(await SandboxClient.JsonOf(await GetAsync(sandbox, token)))["value"]!;
}
