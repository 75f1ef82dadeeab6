namespace Sandbox.Tests.Arm;

public sealed class RoleTests
{
    private const string Identity = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

    [Fact]
    public async Task The_same_triple_under_another_name_exists_already()
    {
        await using var host = await ArmHost.StartAsync();
        var principal = Guid.NewGuid();
        await host.MakeAsync(Name(host.Group, 1), Body(host, principal));

        var reply = await host.CallAsync("PUT", Name(host.Group, 2), Body(host, principal));
        var elsewhere = await host.CallAsync("PUT", Name(host.Subscription, 2), Body(host, principal));

        Assert.Equal((409, "RoleAssignmentExists"), (reply.Status, reply.Code));
        Assert.Contains(new Guid(1, 0, 0, new byte[8]).ToString("N"), reply.Message, StringComparison.Ordinal);
        Assert.Equal(201, elsewhere.Status);
    }

    [Fact]
    public async Task The_same_name_for_another_role_is_not_permitted()
    {
        await using var host = await ArmHost.StartAsync();
        var principal = Guid.NewGuid();
        await host.MakeAsync(Name(host.Group, 1), Body(host, principal));

        var again = await host.CallAsync("PUT", Name(host.Group, 1), Body(host, principal));
        var other = await host.CallAsync("PUT", Name(host.Group, 1), Body(host, principal, "b24988ac-6180-42a0-ab88-20f7382dd24c"));

        Assert.Equal(200, again.Status);
        Assert.Equal((400, "RoleAssignmentUpdateNotPermitted"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_role_that_does_not_exist_cannot_be_given()
    {
        await using var host = await ArmHost.StartAsync();

        var reply = await host.CallAsync("PUT", Name(host.Group, 1), Body(host, Guid.NewGuid(), Guid.Empty.ToString()));

        Assert.Equal((400, "RoleDefinitionDoesNotExist"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_fresh_identity_is_unknown_to_the_directory_unless_its_type_is_stated()
    {
        var clock = new HandClock();
        await using var host = await ArmHost.StartAsync(new() { PrincipalDelay = TimeSpan.FromSeconds(30) }, clock);
        var identity = await Cases.For(host).MakeAsync(host, Identity);
        var principal = Guid.Parse((string)identity["properties"]!["principalId"]!);

        var unknown = await host.CallAsync("PUT", Name(host.Group, 1), Body(host, principal));
        var stated = await host.CallAsync("PUT", Name(host.Group, 1), new { properties = new { principalId = principal, principalType = "ServicePrincipal", roleDefinitionId = Role(host, Reader) } });
        clock.Move(TimeSpan.FromSeconds(31));
        var later = await host.CallAsync("PUT", Name(host.Subscription, 2), Body(host, principal));

        Assert.Equal((400, "PrincipalNotFound"), (unknown.Status, unknown.Code));
        Assert.Equal((201, 201), (stated.Status, later.Status));
        Assert.Equal("ServicePrincipal", (string?)later.Body!["properties"]!["principalType"]);
    }

    [Fact]
    public async Task Lists_follow_scopes_as_their_filter_says()
    {
        await using var host = await ArmHost.StartAsync();
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        await host.MakeAsync(Name(host.Subscription, 1), Body(host, one));
        await host.MakeAsync(Name(host.Group, 2), Body(host, one));
        await host.MakeAsync(Name(host.Group, 3), Body(host, two));

        var below = await Names(host, host.Subscription, "");
        var atScope = await Names(host, host.Group, "?$filter=atScope()");
        var ofOne = await Names(host, host.Group, $"?$filter=principalId%20eq%20'{one}'");
        var inGroup = await Names(host, host.Group, "");

        Assert.Equal([1, 2, 3], below);
        Assert.Equal([1, 2, 3], atScope);
        Assert.Equal([1, 2], ofOne);
        Assert.Equal([2, 3], inGroup);
    }

    [Fact]
    public async Task Deleting_answers_what_was_deleted()
    {
        await using var host = await ArmHost.StartAsync();
        await host.MakeAsync(Name(host.Group, 1), Body(host, Guid.NewGuid()));

        var reply = await host.CallAsync("DELETE", Name(host.Group, 1));

        Assert.Equal((200, host.Group), (reply.Status, (string?)reply.Body!["properties"]!["scope"]));
    }

    private static async Task<int[]> Names(ArmHost host, string scope, string query)
    {
        var list = await host.CallAsync("GET", $"{scope}/providers/Microsoft.Authorization/roleAssignments{query}");
        return [.. list.Body!["value"]!.AsArray().Select(item => BitConverter.ToInt32(Guid.Parse((string)item!["name"]!).ToByteArray())).Order()];
    }

    private static string Name(string scope, int number) => $"{scope}/providers/Microsoft.Authorization/roleAssignments/{new Guid(number, 0, 0, new byte[8])}";

    private static string Role(ArmHost host, string role) => $"{host.Subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}";

    private static object Body(ArmHost host, Guid principal, string role = Reader) => new { properties = new { principalId = principal, roleDefinitionId = Role(host, role) } };
}
