using DssPipeline.Sandbox;

namespace Sandbox.Tests.Arm;

public sealed class OperationTests
{
    private const string Vnet = "Microsoft.Network/virtualNetworks";
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Zone = "Microsoft.Network/privateDnsZones";
    private const string Cluster = "Microsoft.ContainerService/managedClusters";
    private const string Disk = "Microsoft.Compute/disks";

    [Fact]
    public async Task A_network_is_201_with_a_status_address_longer_than_four_kilobytes()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet));
        var running = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        var done = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);

        Assert.Equal((201, "Creating"), (made.Status, (string?)made.Body!["properties"]!["provisioningState"]));
        Assert.True(made.Header("Azure-AsyncOperation")!.Length > 4096);
        Assert.NotNull(made.Header("ETag"));
        Assert.Equal("""{"status":"InProgress"}""", running.Text);
        Assert.Equal("""{"status":"Succeeded"}""", done.Text);
    }

    [Fact]
    public async Task A_storage_account_is_202_without_a_body_and_404_until_its_Location_has_it()
    {
        await using var host = await ArmHost.StartAsync(new() { PollsUntilDone = 2 });
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Storage), cases.Body(Storage));
        var meanwhile = await host.CallAsync("GET", cases.Id(Storage));
        var running = await host.SendAsync("GET", made.Header("Location")!);
        var done = await host.SendAsync("GET", running.Header("Location")!);

        Assert.Equal((202, ""), (made.Status, made.Text));
        Assert.StartsWith("text/plain", made.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Null(made.Header("Azure-AsyncOperation"));
        Assert.Equal(404, meanwhile.Status);
        Assert.Equal(202, running.Status);
        Assert.Equal((200, "stone"), (done.Status, (string?)done.Body!["name"]));
    }

    [Fact]
    public async Task A_storage_account_that_exists_is_updated_at_once()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Storage);

        var again = await host.CallAsync("PUT", cases.Id(Storage), cases.Body(Storage));

        Assert.Equal((200, "Succeeded"), (again.Status, (string?)again.Body!["properties"]!["provisioningState"]));
        Assert.Null(again.Header("Location"));
    }

    [Fact]
    public async Task A_private_zone_is_202_with_empty_braces_and_a_new_address_at_every_poll()
    {
        var clock = new HandClock();
        await using var host = await ArmHost.StartAsync(clock: clock);
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Zone), cases.Body(Zone));
        clock.Move(TimeSpan.FromSeconds(1));
        var running = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        var done = await host.SendAsync("GET", running.Header("Azure-AsyncOperation")!);

        Assert.Equal((202, "{}"), (made.Status, made.Text));
        Assert.Contains("/privateDnsOperationStatuses/", made.Header("Azure-AsyncOperation"), StringComparison.Ordinal);
        Assert.NotNull(made.Header("Location"));
        Assert.NotEqual(made.Header("Azure-AsyncOperation"), running.Header("Azure-AsyncOperation"));
        Assert.Equal("""{"status":"Succeeded"}""", done.Text);
    }

    [Fact]
    public async Task A_cluster_never_says_when_to_ask_again()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));
        var running = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);

        Assert.Equal((201, "Creating"), (made.Status, (string?)made.Body!["properties"]!["provisioningState"]));
        Assert.Contains("api-version=2025-03-01", made.Header("Azure-AsyncOperation"), StringComparison.Ordinal);
        Assert.Null(made.Header("Retry-After"));
        Assert.Null(running.Header("Retry-After"));
        Assert.Equal("InProgress", (string?)running.Body!["status"]);
    }

    [Fact]
    public async Task A_disk_first_answers_only_what_was_sent_and_then_the_operation_holds_it_whole()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Disk), cases.Body(Disk));
        await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        var done = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);

        Assert.Equal((202, "Updating"), (made.Status, (string?)made.Body!["properties"]!["provisioningState"]));
        Assert.Null(made.Body!["id"]);
        Assert.NotNull(made.Header("Location"));
        Assert.Equal("P20", (string?)done.Body!["properties"]!["output"]!["properties"]!["tier"]);
    }

    [Fact]
    public async Task An_identity_is_done_at_once_and_points_at_itself_with_a_relative_address()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        const string type = "Microsoft.ManagedIdentity/userAssignedIdentities";

        var made = await host.CallAsync("PUT", cases.Id(type), cases.Body(type));
        var again = await host.CallAsync("PUT", cases.Id(type), cases.Body(type));

        Assert.Equal((201, 200), (made.Status, again.Status));
        Assert.Equal(cases.Id(type), made.Header("Location"));
        Assert.Contains("/resourcegroups/", (string?)made.Body!["id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_group_is_polled_at_a_new_address_each_time_until_200_without_a_body()
    {
        var clock = new HandClock();
        await using var host = await ArmHost.StartAsync(clock: clock);
        await Cases.For(host).MakeAsync(host, Vnet);

        var deleted = await host.CallAsync("DELETE", host.Group);
        clock.Move(TimeSpan.FromSeconds(1));
        var running = await host.SendAsync("GET", deleted.Header("Location")!);
        var done = await host.SendAsync("GET", running.Header("Location")!);

        Assert.Equal(202, deleted.Status);
        Assert.Null(deleted.Header("Azure-AsyncOperation"));
        Assert.Equal(202, running.Status);
        Assert.NotEqual(deleted.Header("Location"), running.Header("Location"));
        Assert.Equal((200, ""), (done.Status, done.Text));
        Assert.Empty(host.Store.OfType(Vnet));
    }

    [Fact]
    public async Task An_address_that_lost_a_byte_is_refused()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var made = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet));

        var cut = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")![..^1]);

        Assert.Equal(400, cut.Status);
    }

    [Fact]
    public async Task An_operation_may_fail_after_its_request_was_accepted()
    {
        await using var host = await ArmHost.StartAsync(new() { Failing = (_, id) => id.EndsWith("/vnet-one", StringComparison.Ordinal) ? new ArmFailure("InternalServerError", "An error occurred.") : null });
        var cases = Cases.For(host);

        var made = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet));
        await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        var done = await host.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        var left = await host.CallAsync("GET", cases.Id(Vnet));

        Assert.Equal((200, "Failed", "InternalServerError"), (done.Status, (string?)done.Body!["status"], (string?)done.Body["error"]!["code"]));
        Assert.Equal("Failed", (string?)left.Body!["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task With_real_durations_an_operation_takes_its_time_however_often_one_asks()
    {
        var clock = new HandClock();
        await using var host = await ArmHost.StartAsync(clock: clock);
        await using var slow = await ArmHost.OpenAsync(Directory.CreateTempSubdirectory("arm-").FullName, new() { DurationScale = 0.5 }, clock, keepsFolder: false);
        await slow.SendAsync("POST", $"{slow.Subscription}/providers/Microsoft.ContainerService/register?api-version=2022-09-01");
        clock.Move(TimeSpan.FromMinutes(1));
        await slow.MakeAsync(slow.Group, new { location = "westeurope" });
        var cases = Cases.For(slow);

        var made = await slow.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));
        clock.Move(TimeSpan.FromSeconds(149));
        var early = await slow.SendAsync("GET", made.Header("Azure-AsyncOperation")!);
        clock.Move(TimeSpan.FromSeconds(2));
        var late = await slow.SendAsync("GET", made.Header("Azure-AsyncOperation")!);

        Assert.Equal(("InProgress", "Succeeded"), ((string?)early.Body!["status"], (string?)late.Body!["status"]));
    }

    [Fact]
    public async Task Deleting_twice_is_one_operation_and_writing_meanwhile_is_refused()
    {
        await using var host = await ArmHost.StartAsync(new() { PollsUntilDone = 5 });
        var cases = Cases.For(host);
        await host.CallAsync("PUT", cases.Id(Disk), cases.Body(Disk));

        var first = await host.CallAsync("DELETE", cases.Id(Disk));
        var second = await host.CallAsync("DELETE", cases.Id(Disk));
        var write = await host.CallAsync("PUT", cases.Id(Disk), cases.Body(Disk));

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(new Uri(first.Header("Location")!).AbsolutePath, new Uri(second.Header("Location")!).AbsolutePath);
        Assert.Equal((409, "Conflict"), (write.Status, write.Code));
    }

    [Fact]
    public async Task A_later_write_ends_an_earlier_one_as_canceled()
    {
        await using var host = await ArmHost.StartAsync(new() { PollsUntilDone = 3 });
        var cases = Cases.For(host);
        var first = await host.CallAsync("PUT", cases.Id(Disk), cases.Body(Disk));
        await host.CallAsync("PUT", cases.Id(Disk), cases.Body(Disk));

        var status = await host.SendAsync("GET", first.Header("Azure-AsyncOperation")!);

        Assert.Equal(("Canceled", "OperationPreempted"), ((string?)status.Body!["status"], (string?)status.Body["error"]!["code"]));
    }

    [Fact]
    public async Task A_second_write_on_a_busy_network_is_told_to_come_back()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Vnet);
        var first = await host.CallAsync("PUT", $"{cases.Id(Vnet)}/subnets/a", new { properties = new { addressPrefix = "10.42.1.0/24" } });

        var second = await host.CallAsync("PUT", $"{cases.Id(Vnet)}/subnets/b", new { properties = new { addressPrefix = "10.42.2.0/24" } });
        var third = await host.CallAsync("PUT", $"{cases.Id(Vnet)}/subnets/b", new { properties = new { addressPrefix = "10.42.2.0/24" } });

        Assert.Equal(201, first.Status);
        Assert.Equal((409, "AnotherOperationInProgress"), (second.Status, second.Code));
        Assert.Equal(201, third.Status);
    }

    [Fact]
    public async Task A_busy_cluster_refuses_in_the_flat_shape()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await host.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));

        var second = await host.CallAsync("PUT", $"{cases.Id(Cluster)}/agentPools/more", new { properties = new { mode = "User", count = 1, vmSize = "Standard_D4s_v5" } });

        Assert.Equal((409, "OperationNotAllowed"), (second.Status, (string?)second.Body!["code"]));
        Assert.Null(second.Body["error"]);
        Assert.Contains("is in progress", second.Message, StringComparison.Ordinal);
    }
}
