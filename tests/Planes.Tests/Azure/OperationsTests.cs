using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class OperationsTests
{
    private const string Id = ArmSetup.Group + "/providers/Microsoft.Network/virtualNetworks/v1";
    private const string Status = "/subscriptions/s1/providers/Microsoft.Network/locations/x/operations/1";

    private readonly SkippingClock clock = new();

    [Fact]
    public async Task A_status_address_is_asked_until_it_succeeds()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}?x=1").With("Retry-After", "3"))
            .On("GET", Status, new(200, """{"status":"InProgress"}"""), new(200, """{"status":"Succeeded"}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([$"PUT {Id}?api-version={ArmSetup.Version}", $"GET {Status}?x=1", $"GET {Status}?x=1"], remote.Lines);
        Assert.Equal([3, 1], clock.Seconds);
    }

    [Fact]
    public async Task Pauses_that_azure_does_not_name_grow_to_the_interval()
    {
        await using var remote = await Remote.StartAsync();
        var running = new Reply(200, """{"status":"Creating"}""");
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Status, running, running, running, running, running, new(200, """{"status":"Succeeded"}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([1, 2, 4, 8, 15, 15], clock.Seconds);
    }

    [Fact]
    public async Task A_newly_signed_address_is_followed_byte_for_byte()
    {
        const string signed = Status + "?t=1&c=%2D%7Ea%2f..%2Fb%20%2B+~&s=A%3d&h=x_-.%41";
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}?t=0"))
            .On("GET", Status, new Reply(200, """{"status":"Running"}""").With("Azure-AsyncOperation", $"{remote.Uri}{signed[1..]}"), new(200, """{"status":"Succeeded"}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal($"GET {signed}", remote.Lines[^1]);
    }

    [Fact]
    public async Task A_result_address_is_asked_while_it_answers_202()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(202) { ContentType = "text/plain" }.With("Location", $"{remote.Uri}op/1").With("Retry-After", "17"))
            .On("GET", "/op/1", new Reply(202).With("Location", $"{remote.Uri}op/2").With("Retry-After", "5"))
            .On("GET", "/op/2", new Reply(200, """{"name":"v1"}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal(["GET /op/1", "GET /op/2"], remote.Lines.Skip(1));
        Assert.Equal([17, 5], clock.Seconds);
    }

    [Fact]
    public async Task Without_an_address_the_thing_itself_is_asked()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(200, """{"properties":{"provisioningState":"RegisteringDns"}}"""))
            .On("GET", Id, Reply.Missing, new(200, """{"properties":{"provisioningState":"RegisteringDns"}}"""), new(200, """{"properties":{"provisioningState":"Succeeded"}}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal(4, remote.Asked.Count);
    }

    [Fact]
    public async Task A_relative_location_beside_201_is_not_waited_for()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, """{"properties":{"clientId":"x"}}""").With("Location", Id));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Single(remote.Asked);
    }

    [Fact]
    public async Task An_unreadable_status_says_nothing_about_the_operation()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Status, Reply.Missing, Reply.Drop, new(500), new(403), new(200, """{"status":"Succeeded"}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal(6, remote.Asked.Count);
    }

    [Fact]
    public async Task A_status_that_stays_unreadable_makes_way_for_the_thing_itself()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Id, new Reply(200, """{"properties":{"provisioningState":"Succeeded"}}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.StartsWith($"GET {Id}", remote.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_never_be_read_again_is_told()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Id, Reply.Error(403, "AuthorizationFailed", "The client 'x' does not have authorization."));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Equal("Not allowed in Azure", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task Who_may_no_longer_look_is_told_that_after_a_removal()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, new Reply(200)).On("GET", Id, Reply.Error(403, "AuthorizationFailed", "The client 'x' does not have authorization."));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).DeleteAsync(Id, ArmSetup.Version, default));

        Assert.Equal("Not allowed in Azure", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task A_failed_operation_is_told_with_its_code()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Status, new Reply(200, """{"status":"Failed","error":{"code":"SomethingOdd","message":"It went wrong."}}""").With("x-ms-correlation-request-id", "c-1"));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Contains("SomethingOdd: It went wrong.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("c-1", failure.Problems[0].Correlation);
    }

    [Fact]
    public async Task A_cancelled_operation_without_a_reason_is_told()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}"))
            .On("GET", Status, new Reply(200, """{"status":"Canceled"}"""));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Contains("ended as Canceled", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_never_ends_is_given_up_at_the_deadline()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}").With("Retry-After", "600"))
            .On("GET", Status, new Reply(200, """{"status":"InProgress"}""").With("Retry-After", "600"));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Equal("Azure takes too long", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task The_result_of_an_action_is_in_its_status()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", $"{Id}/runCommand", new Reply(202).With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}").With("Location", $"{remote.Uri}result"))
            .On("GET", Status, new Reply(200, """{"status":"Succeeded","properties":{"output":{"value":[1]}}}"""));

        var result = await ArmSetup.Arm(remote, clock).PostAsync($"{Id}/runCommand", ArmSetup.Version, null, default);

        Assert.Equal("""{"value":[1]}""", result!.ToJsonString());
    }

    [Fact]
    public async Task The_result_of_an_action_is_at_its_result_address()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", $"{Id}/act", new Reply(202).With("Azure-AsyncOperation", $"{remote.Uri}{Status[1..]}").With("Location", $"{remote.Uri}result"))
            .On("GET", Status, new Reply(200, """{"status":"Succeeded"}"""))
            .On("GET", "/result", new Reply(200, """{"value":[2]}"""));

        var result = await ArmSetup.Arm(remote, clock).PostAsync($"{Id}/act", ArmSetup.Version, null, default);

        Assert.Equal("""{"value":[2]}""", result!.ToJsonString());
    }

    [Fact]
    public async Task A_removed_thing_is_gone_when_it_no_longer_answers()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, new Reply(202).With("Location", $"{remote.Uri}op/1"))
            .On("GET", "/op/1", new Reply(204))
            .On("GET", Id, new(200, "{}"), new(200, "{}"), Reply.Missing);

        await ArmSetup.Arm(remote, clock).DeleteAsync(Id, ArmSetup.Version, default);

        Assert.Equal(5, remote.Asked.Count);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public async Task Removing_what_is_absent_is_fine(int status)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, new Reply(status));

        await ArmSetup.Arm(remote, clock).DeleteAsync(Id, ArmSetup.Version, default);

        Assert.All(remote.Asked, asked => Assert.Contains(asked.Method, new[] { "DELETE", "GET" }));
    }

    [Fact]
    public async Task A_link_of_a_private_zone_must_be_missing_three_times()
    {
        const string link = ArmSetup.Group + "/providers/Microsoft.Network/privateDnsZones/z/virtualNetworkLinks/l";
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", link, new Reply(204)).On("GET", link, Reply.Missing, new(200, "{}"), Reply.Missing);

        await ArmSetup.Arm(remote, clock).DeleteAsync(link, ArmSetup.Version, default);

        Assert.Equal(5, remote.Asked.Count(asked => asked.Method == "GET"));
    }
}
