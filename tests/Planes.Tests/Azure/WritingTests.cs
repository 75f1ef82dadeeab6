using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class WritingTests
{
    private const string Id = ArmSetup.Group + "/providers/Microsoft.Network/virtualNetworks/v1";
    private const string Grant = Id + "/providers/Microsoft.Authorization/roleAssignments/g";

    private readonly SkippingClock clock = new();

    [Theory]
    [InlineData(409, "AnotherOperationInProgress", "Another operation on this or dependent resource is in progress.")]
    [InlineData(409, "OperationNotAllowed", "Another operation (Updating) is in progress, please wait.")]
    [InlineData(412, "EtagMismatch", "Operation is not allowed: an Etag mismatch was found.")]
    [InlineData(429, "RetryableError", "A retryable error occurred.")]
    [InlineData(409, "StorageAccountOperationInProgress", "An operation is currently performing on this storage account.")]
    [InlineData(404, "ParentResourceNotFound", "Parent resource not found.")]
    [InlineData(400, "PrincipalNotFound", "Principal x does not exist in the directory.")]
    [InlineData(400, "InUseSubnetCannotBeDeleted", "Subnet is in use.")]
    public async Task What_time_cures_is_waited_for(int status, string code, string message)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, Reply.Error(status, code, message), Reply.Error(status, code, message), new(200, "{}"));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([10, 10], clock.Seconds);
    }

    [Theory]
    [InlineData(409, "OperationNotAllowed", "Operation results in exceeding approved Cores quota.", "Quota is used up")]
    [InlineData(403, "RequestDisallowedByPolicy", "Disallowed by policy.", "Denied by a policy")]
    [InlineData(409, "PropertyChangeNotAllowed", "Changing property 'x' is not allowed.", "Fixed at birth in Azure")]
    [InlineData(409, "ScopeLocked", "The scope is locked.", "Locked")]
    [InlineData(403, "AuthorizationFailed", "The client 'c' with object id 'o' does not have authorization.", "Not allowed in Azure")]
    public async Task What_time_does_not_cure_is_told_at_once(int status, string code, string message, string summary)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, Reply.Error(status, code, message));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Equal(summary, failure.Problems[0].Summary);
        Assert.Single(remote.Asked);
    }

    [Fact]
    public async Task Waiting_for_another_operation_has_an_end()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, Reply.Error(409, "AnotherOperationInProgress", "Another operation is in progress."));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Equal("Busy with another operation", failure.Problems[0].Summary);
        Assert.Equal(TimeSpan.FromMinutes(30), clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait));
    }

    [Fact]
    public async Task An_operation_that_fails_for_a_passing_reason_is_begun_again()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}op"), new(200, "{}"))
            .On("GET", "/op", new Reply(200, """{"status":"Failed","error":{"code":"RetryableError","message":"Try again."}}"""));

        await ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal(2, remote.Asked.Count(asked => asked.Method == "PUT"));
    }

    [Fact]
    public async Task A_refusal_of_a_principal_with_a_fresh_grant_is_waited_for()
    {
        const string principal = "3f2a0000-0000-0000-0000-000000000001";
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Grant, new Reply(201, "{}")).On("PUT", Id, Reply.Error(403, "LinkedAuthorizationFailed", $"The client '{principal}' may not join."), new(200, "{}"));
        var arm = ArmSetup.Arm(remote, clock);
        await arm.PutAsync(Grant, ArmSetup.Version, Json.Of(new { properties = new { principalId = principal } }), default);

        await arm.PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([10], clock.Seconds);
    }

    [Fact]
    public async Task A_lock_taken_off_a_moment_ago_is_waited_for()
    {
        const string @lock = ArmSetup.Group + "/providers/Microsoft.Authorization/locks/l";
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", @lock, new Reply(200)).On("DELETE", Id, Reply.Error(409, "ScopeLocked", "The scope is locked."), new(204));
        var arm = ArmSetup.Arm(remote, clock);
        await arm.DeleteAsync(@lock, ArmSetup.Version, default);

        await arm.DeleteAsync(Id, ArmSetup.Version, default);

        Assert.Equal([10], clock.Seconds);
    }

    [Fact]
    public async Task A_provider_registered_a_moment_ago_is_waited_for()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", "/subscriptions/s1/providers/Microsoft.Network/register", new Reply(200))
            .On("GET", "/subscriptions/s1/providers/Microsoft.Network", new Reply(200, """{"registrationState":"Registering"}"""), new(200, """{"registrationState":"Registered"}"""))
            .On("PUT", Id, Reply.Error(409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Network'."), new(200, "{}"));
        var arm = ArmSetup.Arm(remote, clock);
        await new Providers(arm, clock).RegisterAsync("s1", "Microsoft.Network", default);

        await arm.PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([5, 10], clock.Seconds);
    }

    [Fact]
    public async Task An_old_grant_is_no_reason_to_wait()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, Reply.Error(403, "AuthorizationFailed", "The client 'p1' with object id 'p1' does not have authorization."));
        var arm = ArmSetup.Arm(remote, clock);
        arm.NoteGrant("p1");
        clock.Skip(TimeSpan.FromMinutes(11));

        await Assert.ThrowsAsync<ProblemException>(() => arm.PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task Cancelling_finishes_the_write_in_flight()
    {
        using var cancel = new CancellationTokenSource();
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, _ =>
        {
            arrived.SetResult();
            return new Reply(200, "{}") { After = answer.Task };
        });

        var write = ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), cancel.Token);
        await arrived.Task;
        await cancel.CancelAsync();
        answer.SetResult();
        await write;

        Assert.True(write.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Cancelling_stops_waiting_for_the_operation()
    {
        using var cancel = new CancellationTokenSource();
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}op")).On("GET", "/op", new Reply(200, """{"status":"InProgress"}"""));
        clock.Waiting = () =>
        {
            if (clock.Waits.Count > 3) cancel.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), cancel.Token));

        Assert.True(remote.Asked.Count < 6);
    }

    [Fact]
    public async Task A_cancelled_run_begins_no_write()
    {
        await using var remote = await Remote.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), new CancellationToken(true)));

        Assert.Empty(remote.Asked);
    }

    [Fact]
    public async Task What_is_waited_for_is_told()
    {
        var told = new List<Wait>();
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", $"{remote.Uri}op")).On("GET", "/op", new Reply(200, """{"status":"Succeeded"}"""));
        var arm = new Arm(ArmSetup.Options(remote) with { Waiting = new Ear(told) }, new ArmSetup.Token(clock), clock);
        var before = clock.GetUtcNow();

        await arm.PutAsync(Id, ArmSetup.Version, new JsonObject(), default);

        Assert.Equal([new Wait(Id, "Azure to finish", before)], told);
    }

    [Fact]
    public async Task A_policy_is_named()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(403, """
            {"error":{"code":"RequestDisallowedByPolicy","message":"Resource 'v1' was disallowed by policy.","additionalInfo":[{"type":"PolicyViolation","info":{"policyDefinitionDisplayName":"Allowed locations","policyAssignmentName":"loc-1"}}]}}
            """));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Contains("\"Allowed locations\" (assignment loc-1)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"Odd","details":null,"message":"Flat as AKS tells it.","subcode":"Sub"}""", "Odd: Flat as AKS tells it.")]
    [InlineData("\uFEFF{\"error\":{\"code\":\"Odd\",\"message\":\"After a byte order mark.\"}}", "Odd: After a byte order mark.")]
    [InlineData("""{"error":{"code":"Odd","message":"Outer.","details":[{"code":"In","message":"Inner."}]}}""", "Odd: Outer. Inner.")]
    [InlineData("<html><title>Bad</title></html>", "HTTP 400 without a reason")]
    [InlineData("", "HTTP 400 without a reason")]
    public async Task Errors_are_read_in_every_shape(string body, string told)
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(400, body));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_token_and_no_secret_is_in_what_is_told()
    {
        var options = default(ArmOptions);
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, asked => Reply.Error(400, "Odd", $"You sent {asked.Headers["Authorization"]} and {asked.Body.Replace('"', ' ')} to ?sig=abcdefghijkl"));
        options = ArmSetup.Options(remote);
        options.Redactor.Add(new Secret("hunter2/+x"));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => new Arm(options, new ArmSetup.Token(clock), clock).PutAsync(Id, ArmSetup.Version, Json.Of(new { password = "hunter2/+x" }), default));

        Assert.DoesNotContain("token-1", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghijkl", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_nowhere_else()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("PUT", Id, new Reply(201, "{}").With("Azure-AsyncOperation", "https://evil.example/op"));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).PutAsync(Id, ArmSetup.Version, new JsonObject(), default));

        Assert.Equal("Azure points elsewhere", failure.Problems[0].Summary);
    }

    private sealed class Ear(List<Wait> told) : IProgress<Wait>
    {
        public void Report(Wait value) => told.Add(value);
    }
}
