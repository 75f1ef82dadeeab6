using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class RetryTests
{
    private const string Id = ArmSetup.Group + "/providers/Microsoft.Storage/storageAccounts/a1";

    private readonly SkippingClock clock = new();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Transient_answers_are_asked_again(int status)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new(status), new(status), new(200, """{"name":"a1"}"""));

        var found = await ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default);

        Assert.Equal("a1", found!["name"]!.ToString());
        Assert.Equal(3, remote.Asked.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task Final_answers_are_not(int status)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, Reply.Error(status, "No", "No."));

        await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default));

        Assert.Single(remote.Asked);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task Retry_after_in_seconds_is_kept()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(429).With("Retry-After", "37"), new(200, "{}"));

        await ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default);

        Assert.Equal([37], clock.Seconds);
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_kept()
    {
        await using var remote = await Remote.StartAsync();
        var date = (clock.GetUtcNow() + TimeSpan.FromSeconds(90)).ToString("R", CultureInfo.InvariantCulture);
        remote.On("GET", Id, new Reply(503).With("Retry-After", date), new(200, "{}"));

        await ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default);

        Assert.Equal([90], clock.Seconds);
    }

    [Fact]
    public async Task Attempts_are_bounded_and_the_failure_is_told()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(503, "<html><body>Our services aren't available</body></html>") { ContentType = "text/html" });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default));

        Assert.Equal(6, remote.Asked.Count);
        Assert.Equal("Azure is unwell", failure.Problems[0].Summary);
        Assert.DoesNotContain("<html>", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_longer_than_the_deadline_is_not_begun()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(429).With("Retry-After", "3600"));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).GetAsync(Id, ArmSetup.Version, default));

        Assert.Equal("Throttled by Azure", failure.Problems[0].Summary);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task The_same_seed_waits_the_same()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(500));
        var (first, second) = (new SkippingClock(), new SkippingClock());

        await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, first).GetAsync(Id, ArmSetup.Version, default));
        await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, second).GetAsync(Id, ArmSetup.Version, default));

        Assert.Equal(first.Waits, second.Waits);
        Assert.Equal(5, first.Waits.Distinct().Count());
    }

    [Fact]
    public async Task A_throttled_remote_is_left_alone_by_everybody()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(429).With("Retry-After", "37"), new(200, "{}")).On("GET", Id + "2", new Reply(200, "{}"));
        var arm = ArmSetup.Arm(remote, clock);
        var other = Task.CompletedTask;
        // The other request is sent in the moment in which the first begins to wait.
        clock.Waiting = () =>
        {
            clock.Waiting = () => { };
            clock.Skip(TimeSpan.FromSeconds(-37));
            other = arm.GetAsync(Id + "2", ArmSetup.Version, default);
        };

        await arm.GetAsync(Id, ArmSetup.Version, default);
        await other;

        Assert.Contains(37, clock.Seconds.Skip(1));
    }

    [Fact]
    public async Task A_dropped_connection_is_tried_again()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, Reply.Drop, Reply.Drop, new(200, "{}"));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal(3, remote.Asked.Count);
    }

    [Fact]
    public async Task An_action_that_may_have_arrived_is_not_sent_twice()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", $"{Id}/runCommand", Reply.Drop);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PostAsync($"{Id}/runCommand", ArmSetup.Version, null, default));

        Assert.Single(remote.Asked);
        Assert.Equal("Connection lost", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task A_request_that_is_never_answered_is_sent_again()
    {
        var never = new TaskCompletionSource();
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(200) { After = never.Task }, new(200, """{"name":"a1"}"""));
        var options = ArmSetup.Options(remote);
        var arm = new Arm(options with { Retry = options.Retry with { Attempt = TimeSpan.FromSeconds(1) } }, new ArmSetup.Token(clock), clock);

        var found = await arm.GetAsync(Id, ArmSetup.Version, default);
        never.SetResult();

        Assert.Equal("a1", found!["name"]!.ToString());
    }

    [Fact]
    public async Task A_question_may_be_sent_twice()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", $"{Id}/listKeys", Reply.Drop, new(200, """{"keys":[]}"""));

        var keys = await ArmSetup.Arm(remote, clock).AskAsync($"{Id}/listKeys", ArmSetup.Version, null, default);

        Assert.NotNull(keys!["keys"]);
    }

    [Fact]
    public async Task A_refused_connection_is_told_with_its_address()
    {
        var remote = await Remote.StartAsync();
        var arm = ArmSetup.Arm(remote, clock);
        var port = remote.Uri.Port;
        await remote.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ProblemException>(() => arm.GetAsync(Id, ArmSetup.Version, default));

        Assert.Equal("Connection refused", failure.Problems[0].Summary);
        Assert.Contains($"127.0.0.1:{port}", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Equal(2, clock.Waits.Count);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_told_at_once()
    {
        await using var remote = await Remote.StartAsync();
        var options = ArmSetup.Options(remote);
        var arm = new Arm(options with { Endpoints = options.Endpoints with { CaFile = null } }, new ArmSetup.Token(clock), clock);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => arm.GetAsync(Id, ArmSetup.Version, default));

        Assert.Equal("Certificate not trusted", failure.Problems[0].Summary);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task The_lowest_allowance_seen_is_kept()
    {
        await using var remote = await Remote.StartAsync();
        remote.On(
            "GET",
            Id,
            new Reply(200, "{}").With("x-ms-ratelimit-remaining-subscription-global-reads", "16499").With("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/PutVM3Min;239,Microsoft.Compute/PutVM30Min;1199"),
            new Reply(200, "{}").With("x-ms-ratelimit-remaining-subscription-global-reads", "16400"),
            new Reply(200, "{}").With("x-ms-ratelimit-remaining-subscription-global-reads", "16450"));
        var arm = ArmSetup.Arm(remote, clock);

        for (var time = 0; time < 3; time++) await arm.GetAsync(Id, ArmSetup.Version, default);

        Assert.Equal(16400, arm.Limits.Lowest["x-ms-ratelimit-remaining-subscription-global-reads"]);
        Assert.Equal(239, arm.Limits.Lowest["Microsoft.Compute/PutVM3Min"]);
    }

    [Fact]
    public async Task Every_request_of_a_run_carries_one_correlation_id_and_an_id_of_its_own()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(200, "{}"));
        var arm = ArmSetup.Arm(remote, clock);

        await Task.WhenAll(arm.GetAsync(Id, ArmSetup.Version, default), arm.GetAsync(Id, ArmSetup.Version, default));

        Assert.All(remote.Asked, asked => Assert.Equal(arm.Correlation, asked.Headers["x-ms-correlation-request-id"]));
        Assert.Equal(2, remote.Asked.Select(asked => asked.Headers["x-ms-client-request-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Requests_side_by_side_share_a_connection()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Id, new Reply(200, "{}"));
        var arm = ArmSetup.Arm(remote, clock);
        await arm.GetAsync(Id, ArmSetup.Version, default);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => arm.GetAsync(Id, ArmSetup.Version, default)));

        Assert.Single(remote.Asked.Select(asked => asked.Connection).Distinct());
    }
}
