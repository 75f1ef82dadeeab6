using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class ObservationTests
{
    private const string Networks = ArmSetup.Group + "/providers/Microsoft.Network/virtualNetworks";
    private const string Grants = "/providers/Microsoft.Authorization/roleAssignments";

    private readonly SkippingClock clock = new();

    [Fact]
    public async Task Things_of_one_kind_and_scope_share_one_list()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, new Reply(200, $$"""{"value":[{"id":"{{Networks.ToUpperInvariant()}}/V1","name":"V1"},{"id":"{{Networks}}/v2","name":"v2"}]}"""));
        var arm = ArmSetup.Arm(remote, clock);

        var found = await Task.WhenAll(new[] { "v1", "v2", "v3" }.Select(name => arm.ObserveAsync(At($"{Networks}/{name}"), default)));

        Assert.Equal(["V1", "v2", null], found.Select(node => node?["name"]?.ToString()));
        Assert.Equal([$"GET {Networks}?api-version={ArmSetup.Version}"], remote.Lines);
    }

    [Fact]
    public async Task Children_are_listed_for_each_parent()
    {
        await using var remote = await Remote.StartAsync();
        var arm = ArmSetup.Arm(remote, clock);

        await Task.WhenAll(new[] { "v1/subnets/a", "v1/subnets/b", "v2/subnets/a" }.Select(name => arm.ObserveAsync(At($"{Networks}/{name}"), default)));

        Assert.Equal(2, remote.Asked.Count);
    }

    [Fact]
    public async Task All_pages_of_a_list_are_read_as_given()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, asked => asked.Target.Contains("skip", StringComparison.Ordinal)
            ? new Reply(200, $$"""{"value":[{"id":"{{Networks}}/v2"}]}""")
            : new Reply(200, $$"""{"value":[{"id":"{{Networks}}/v1"}],"nextLink":"{{remote.Uri.GetLeftPart(UriPartial.Authority)}}{{Networks}}?$skiptoken=a%2Bb%3D&api-version=9"}"""));

        var found = await ArmSetup.Arm(remote, clock).ListAsync(Networks, ArmSetup.Version, default);

        Assert.Equal(2, found.Count);
        Assert.Equal($"GET {Networks}?$skiptoken=a%2Bb%3D&api-version=9", remote.Lines[^1]);
    }

    [Fact]
    public async Task An_absent_scope_holds_nothing()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, Reply.Error(404, "ResourceGroupNotFound", "No such group."));

        var found = await ArmSetup.Arm(remote, clock).ObserveAsync(At($"{Networks}/v1"), default);

        Assert.Null(found);
    }

    [Fact]
    public async Task A_provider_that_is_not_registered_holds_nothing()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, Reply.Error(409, "MissingSubscriptionRegistration", "Not registered."));

        Assert.Null(await ArmSetup.Arm(remote, clock).ObserveAsync(At($"{Networks}/v1"), default));
    }

    [Fact]
    public async Task An_unknown_subscription_is_a_problem_and_not_an_empty_one()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, Reply.Error(404, "SubscriptionNotFound", "The subscription 's1' could not be found."));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmSetup.Arm(remote, clock).ObserveAsync(At($"{Networks}/v1"), default));

        Assert.Equal("Subscription not found", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task What_was_written_is_asked_for_by_itself()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, new Reply(200, """{"value":[]}""")).On("PUT", $"{Networks}/v1", new Reply(200, "{}")).On("GET", $"{Networks}/v1", new Reply(200, """{"name":"v1"}"""));
        var arm = ArmSetup.Arm(remote, clock);
        await arm.ObserveAsync(At($"{Networks}/v1"), default);

        await arm.PutAsync($"{Networks}/v1", ArmSetup.Version, new JsonObject(), default);

        Assert.NotNull(await arm.ObserveAsync(At($"{Networks}/v1"), default));
        Assert.Null(await arm.ObserveAsync(At($"{Networks}/v2"), default));
        Assert.Equal(3, remote.Asked.Count);
    }

    [Fact]
    public async Task What_was_acted_upon_is_asked_for_by_itself()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("POST", $"{Networks}/v1/start", new Reply(200));
        var arm = ArmSetup.Arm(remote, clock);

        await arm.AskAsync($"{Networks}/v1/start", ArmSetup.Version, null, default);
        await arm.ObserveAsync(At($"{Networks}/v1"), default);

        Assert.Equal($"GET {Networks}/v1?api-version={ArmSetup.Version}", remote.Lines[^1]);
    }

    [Fact]
    public async Task What_lived_in_a_removed_thing_is_asked_for_again()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", $"{Networks}/v1/subnets", new Reply(200, $$"""{"value":[{"id":"{{Networks}}/v1/subnets/a"}]}""")).On("DELETE", $"{Networks}/v1", new Reply(204));
        var arm = ArmSetup.Arm(remote, clock);
        Assert.NotNull(await arm.ObserveAsync(At($"{Networks}/v1/subnets/a"), default));

        await arm.DeleteAsync($"{Networks}/v1", ArmSetup.Version, default);

        Assert.Null(await arm.ObserveAsync(At($"{Networks}/v1/subnets/a"), default));
    }

    [Fact]
    public async Task Looking_anew_asks_again()
    {
        await using var remote = await Remote.StartAsync();
        var arm = ArmSetup.Arm(remote, clock);
        await arm.ObserveAsync(At($"{Networks}/v1"), default);

        arm.LookAnew();
        await arm.ObserveAsync(At($"{Networks}/v1"), default);

        Assert.Equal(2, remote.Asked.Count);
    }

    [Fact]
    public async Task A_failed_look_is_not_remembered()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, Reply.Error(403, "AuthorizationFailed", "No."), new(200, $$"""{"value":[{"id":"{{Networks}}/v1"}]}"""));
        var arm = ArmSetup.Arm(remote, clock);
        await Assert.ThrowsAsync<ProblemException>(() => arm.ObserveAsync(At($"{Networks}/v1"), default));

        var found = await arm.ObserveAsync(At($"{Networks}/v1"), default);

        Assert.NotNull(found);
    }

    [Fact]
    public async Task Grants_inside_one_group_share_one_list()
    {
        await using var remote = await Remote.StartAsync();
        var arm = ArmSetup.Arm(remote, clock);

        await Task.WhenAll(new[] { ArmSetup.Group, $"{Networks}/v1", $"{Networks}/v1/subnets/a" }.Select(scope => arm.ObserveAsync(At($"{scope}{Grants}/g"), default)));

        Assert.Equal([$"GET {ArmSetup.Group}{Grants}?api-version={ArmSetup.Version}"], remote.Lines);
    }

    [Fact]
    public async Task Grants_outside_of_groups_are_listed_at_their_scope()
    {
        await using var remote = await Remote.StartAsync();

        await ArmSetup.Arm(remote, clock).ObserveAsync(At($"/subscriptions/s1{Grants}/g"), default);

        Assert.Equal([$"GET /subscriptions/s1{Grants}?$filter=atScope()&api-version={ArmSetup.Version}"], remote.Lines);
    }

    [Theory]
    [InlineData("/providers/Microsoft.Storage/storageAccounts/a/blobServices/default")]
    [InlineData("/providers/Microsoft.Storage/storageAccounts/a/managementPolicies/default")]
    [InlineData("/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c")]
    [InlineData("")]
    [InlineData("/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualMachine/publishers/p/offers/o/plans/s/agreements/current")]
    public async Task What_a_list_tells_only_in_part_is_asked_for_by_itself(string below)
    {
        await using var remote = await Remote.StartAsync();

        await ArmSetup.Arm(remote, clock).ObserveAsync(At(ArmSetup.Group + below), default);

        Assert.Equal([$"GET {ArmSetup.Group}{below}?api-version={ArmSetup.Version}"], remote.Lines);
    }

    [Fact]
    public async Task Nothing_waits_for_something_else_to_be_seen()
    {
        const int many = 12;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        await using var remote = await Remote.StartAsync();
        // Nobody is answered before everybody has asked: one request held back for another would wait for ever.
        for (var number = 0; number < many; number++)
        {
            remote.On("GET", $"{Networks}/v{number}/subnets", _ =>
            {
                if (Interlocked.Increment(ref arrived) == many) all.SetResult();
                return new Reply(200, """{"value":[]}""") { After = all.Task };
            });
        }

        var arm = ArmSetup.Arm(remote, clock);
        await Task.WhenAll(Enumerable.Range(0, many).Select(number => arm.ObserveAsync(At($"{Networks}/v{number}/subnets/a"), default)));

        Assert.Equal(many, remote.Asked.Count);
    }

    [Fact]
    public async Task One_caller_who_gives_up_does_not_fail_the_others()
    {
        using var impatient = new CancellationTokenSource();
        var answer = new TaskCompletionSource();
        await using var remote = await Remote.StartAsync();
        remote.On("GET", Networks, new Reply(200, $$"""{"value":[{"id":"{{Networks}}/v2"}]}""") { After = answer.Task });
        var arm = ArmSetup.Arm(remote, clock);

        var first = arm.ObserveAsync(At($"{Networks}/v1"), impatient.Token);
        var second = arm.ObserveAsync(At($"{Networks}/v2"), default);
        await impatient.CancelAsync();
        answer.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull(await second);
    }

    private static ArmAddress At(string id) => new(id, ArmSetup.Version);
}
