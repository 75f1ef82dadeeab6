namespace Sandbox.Tests.Arm;

public sealed class LockTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";

    [Fact]
    public async Task A_lock_against_deletion_holds_for_what_is_below_and_what_is_above()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Container);
        await host.MakeAsync($"{cases.Id(Storage)}/providers/Microsoft.Authorization/locks/keep", new { properties = new { level = "CanNotDelete" } });

        var below = await host.CallAsync("DELETE", cases.Id(Container));
        var itself = await host.CallAsync("DELETE", cases.Id(Storage));
        var above = await host.CallAsync("DELETE", host.Group);
        var write = await host.CallAsync("PUT", cases.Id(Storage), cases.Body(Storage));

        Assert.All([below, itself, above], reply => Assert.Equal((409, "ScopeLocked"), (reply.Status, reply.Code)));
        Assert.Contains(cases.Id(Storage), above.Message, StringComparison.Ordinal);
        Assert.Equal(200, write.Status);
    }

    [Fact]
    public async Task A_read_only_group_takes_no_writes_and_lists_no_keys_until_the_lock_is_lifted()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Storage);
        var held = $"{host.Group}/providers/Microsoft.Authorization/locks/frozen";
        await host.MakeAsync(held, new { properties = new { level = "ReadOnly" } });

        var write = await host.CallAsync("PUT", cases.Id(Container), cases.Body(Container));
        var keys = await host.CallAsync("POST", cases.Id(Storage) + "/listKeys");
        var lifted = await host.CallAsync("DELETE", held);
        var after = await host.CallAsync("PUT", cases.Id(Container), cases.Body(Container));

        Assert.Equal((409, "ScopeLocked"), (write.Status, write.Code));
        Assert.Equal((409, "ScopeLocked"), (keys.Status, keys.Code));
        Assert.Equal((200, 201), (lifted.Status, after.Status));
    }

    [Fact]
    public async Task A_role_assignment_below_a_locked_scope_stays()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Authorization/roleAssignments");
        await host.MakeAsync($"{host.Group}/providers/Microsoft.Authorization/locks/keep", new { properties = new { level = "CanNotDelete" } });

        var reply = await host.CallAsync("DELETE", cases.Id("Microsoft.Authorization/roleAssignments"));

        Assert.Equal((409, "ScopeLocked"), (reply.Status, reply.Code));
    }
}
