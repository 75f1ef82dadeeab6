namespace DssPipeline.Sandbox.Tests;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Every_request_is_on_disk_before_its_answer_arrives()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, $"{sandbox.Endpoints.KeyVault}kv/secrets/one?api-version=7.4", token: null, json: null, ("x-ms-client-request-id", "run-7"));

        var request = Assert.Single(RequestLog.Read(Path.GetDirectoryName(sandbox.Endpoints.RequestLogFile)!));
        Assert.Equal((Endpoint.KeyVault, "GET", "/kv/secrets/one", "api-version=7.4", 401, "run-7"), (request.Endpoint, request.Method, request.Path, request.Query, request.Status, request.ClientRequestId));
        Assert.True(request.End >= request.Start);
    }

    [Fact]
    public async Task No_secret_reaches_the_log()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        using var answer = await sandbox.SendAsync(HttpMethod.Put, $"{sandbox.Endpoints.KeyVault}kv/secrets/one?api-version=7.4&sig=signature&code=hidden-code", token, """{"value":"hidden-value"}""");

        var log = await File.ReadAllTextAsync(sandbox.Endpoints.RequestLogFile);
        Assert.Contains("sig=(hidden)", log, StringComparison.Ordinal);
        Assert.All(["signature", "hidden-code", "hidden-value", token, sandbox.Endpoints.ClientSecret], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dropped_request_has_no_status_and_names_its_fault()
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Faults = FaultScript.Parse("drop-before@PUT *").OrThrow() });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.SendAsync(HttpMethod.Put, sandbox.Group("rg"), token: null, "{}"));

        var request = Assert.Single(RequestLog.Writes(sandbox.Server.Requests));
        Assert.Equal((0, "drop-before@PUT *"), (request.Status, request.Fault));
    }

    [Fact]
    public async Task A_request_that_its_client_gave_up_is_in_the_log()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock, Latency = Latency.Fixed(TimeSpan.FromMinutes(1)) });
        using var http = new HttpClient(SandboxTransport.Handler(sandbox.Endpoints));
        using var giveUp = new CancellationTokenSource();

        var request = http.GetAsync(sandbox.Group("rg"), giveUp.Token);
        await clock.WaitedForAsync();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await sandbox.Server.DisposeAsync();

        Assert.Equal(0, Assert.Single(sandbox.Server.Requests).Status);
    }

    [Fact]
    public void A_line_that_is_still_being_written_is_left_out()
    {
        using var folder = new TemporaryFolder();
        const string Line = """{"endpoint":"Arm","method":"GET","host":"h","path":"/","query":"","status":200,"startedAt":"2026-01-01T00:00:00Z","start":1,"end":2,"milliseconds":0.001}""";
        File.WriteAllText(Path.Combine(folder.Path, RequestLog.FileName), $"{Line}\n{Line[..40]}");

        var requests = RequestLog.Read(folder.Path);

        Assert.Single(requests);
    }

    [Fact]
    public void A_folder_without_a_log_has_no_requests()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(RequestLog.Read(folder.Path));
    }

    [Theory]
    [InlineData("0-10 10-20 20-30", 1)]
    [InlineData("0-10 5-15 9-20", 3)]
    [InlineData("0-100 1-2 3-4", 2)]
    [InlineData("", 0)]
    public void Width_is_the_most_that_were_under_way_at_once(string spans, int width)
    {
        var requests = spans.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(span => span.Split('-')).Select(span => Request(long.Parse(span[0]), long.Parse(span[1])));

        Assert.Equal(width, RequestLog.Width(requests));
    }

    private static LoggedRequest Request(long start, long end) => new()
    {
        Endpoint = Endpoint.Arm,
        Method = "GET",
        Host = "",
        Path = "/",
        Query = "",
        Status = 200,
        StartedAt = DateTimeOffset.UnixEpoch,
        Start = start,
        End = end,
        Milliseconds = 0,
    };
}
