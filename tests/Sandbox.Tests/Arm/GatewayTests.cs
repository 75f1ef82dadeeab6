using DssPipeline.Sandbox;

namespace Sandbox.Tests.Arm;

public sealed class GatewayTests
{
    private const string Vnet = "Microsoft.Network/virtualNetworks";

    [Fact]
    public async Task A_fresh_subscription_must_register_a_namespace_before_it_is_used()
    {
        await using var host = await ArmHost.OpenAsync(Directory.CreateTempSubdirectory("arm-").FullName, keepsFolder: false);
        await host.MakeAsync(host.Group, new { location = "westeurope" });
        var cases = Cases.For(host);

        var refused = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet));
        var registering = await host.SendAsync("POST", $"{host.Subscription}/providers/Microsoft.Network/register?api-version=2022-09-01");
        await host.SendAsync("GET", $"{host.Subscription}/providers/Microsoft.Network?api-version=2022-09-01");
        var registered = await host.SendAsync("GET", $"{host.Subscription}/providers/microsoft.network?api-version=2022-09-01");
        var taken = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet));

        Assert.Equal((409, "MissingSubscriptionRegistration", "Microsoft.Network"), (refused.Status, refused.Code, (string?)refused.Body!["error"]!["details"]![0]!["target"]));
        Assert.Equal("Registering", (string?)registering.Body!["registrationState"]);
        Assert.Equal("Registered", (string?)registered.Body!["registrationState"]);
        Assert.Equal(201, taken.Status);
    }

    [Fact]
    public async Task A_missing_group_a_missing_parent_and_a_missing_resource_are_told_apart()
    {
        await using var host = await ArmHost.StartAsync();
        var network = $"{host.Group}/providers/Microsoft.Network/virtualNetworks/none";

        var group = await host.CallAsync("GET", network.Replace("/rg/", "/nowhere/", StringComparison.Ordinal));
        var resource = await host.CallAsync("GET", network);
        var parent = await host.CallAsync("PUT", $"{network}/subnets/a", new { properties = new { addressPrefix = "10.0.0.0/24" } });

        Assert.Equal((404, "ResourceGroupNotFound"), (group.Status, group.Code));
        Assert.Equal((404, "ResourceNotFound", "gateway"), (resource.Status, resource.Code, resource.Header("x-ms-failure-cause")));
        Assert.Equal((404, "ParentResourceNotFound"), (parent.Status, parent.Code));
    }

    [Theory]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg", 404, "SubscriptionNotFound")]
    [InlineData("{sub}/resourceGroups/rg/providers/Microsoft.Nothing/things/one", 404, "InvalidResourceNamespace")]
    [InlineData("{sub}/resourceGroups/rg/providers/Microsoft.Network/things/one", 404, "InvalidResourceType")]
    public async Task A_path_that_leads_nowhere_is_named(string path, int status, string code)
    {
        await using var host = await ArmHost.StartAsync();

        var reply = await host.SendAsync("GET", path.Replace("{sub}", host.Subscription, StringComparison.Ordinal) + "?api-version=2025-04-01");

        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Ids_types_and_values_compare_without_case()
    {
        await using var host = await ArmHost.StartAsync();
        await host.MakeAsync($"{host.Group.ToUpperInvariant()}/providers/microsoft.network/VIRTUALNETWORKS/Net-One", new { LOCATION = "West Europe", properties = new { ADDRESSSPACE = new { addressprefixes = new[] { "10.0.0.0/16" } } } });

        var seen = await host.CallAsync("GET", $"{host.Group}/providers/Microsoft.Network/virtualNetworks/net-one");

        Assert.Equal($"{host.Group}/providers/Microsoft.Network/virtualNetworks/Net-One", (string?)seen.Body!["id"]);
        Assert.Equal("10.0.0.0/16", (string?)seen.Body["properties"]!["addressSpace"]!["addressPrefixes"]![0]);
    }

    [Fact]
    public async Task Every_answer_carries_request_ids_and_what_is_left_of_the_quota()
    {
        await using var host = await ArmHost.StartAsync();

        var reply = await host.CallAsync("GET", host.Group, null, ("x-ms-correlation-request-id", "11111111-1111-1111-1111-111111111111"));

        Assert.Equal("11111111-1111-1111-1111-111111111111", reply.Header("x-ms-correlation-request-id"));
        Assert.True(Guid.TryParse(reply.Header("x-ms-request-id"), out _));
        Assert.Equal("16499", reply.Header("x-ms-ratelimit-remaining-subscription-global-reads"));
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused_with_both_names()
    {
        await using var host = await ArmHost.StartAsync();
        var card = $"{host.Group}/providers/Microsoft.Network/networkInterfaces/nic";
        var subnet = $"{host.Group}/providers/Microsoft.Network/virtualNetworks/none/subnets/none";

        var reply = await host.CallAsync("PUT", card, new { location = "westeurope", properties = new { ipConfigurations = new[] { new { name = "a", properties = new { subnet = new { id = subnet } } } } } });

        Assert.Equal((400, "InvalidResourceReference"), (reply.Status, reply.Code));
        Assert.Contains(subnet, reply.Message, StringComparison.Ordinal);
        Assert.Contains(card, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_to_a_network_that_is_still_being_made_is_told_to_wait()
    {
        await using var host = await ArmHost.StartAsync(new() { PollsUntilDone = 3 });
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Vnet);
        var subnet = $"{cases.Id(Vnet)}/subnets/a";
        await host.CallAsync("PUT", subnet, new { properties = new { addressPrefix = "10.42.1.0/24" } });

        var reply = await host.CallAsync("PUT", $"{host.Group}/providers/Microsoft.Network/networkInterfaces/nic", new { location = "westeurope", properties = new { ipConfigurations = new[] { new { name = "a", properties = new { subnet = new { id = subnet } } } } } });

        Assert.Equal((429, "ReferencedResourceNotProvisioned"), (reply.Status, reply.Code));
        Assert.NotNull(reply.Header("Retry-After"));
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "Not_A_Name", "AccountNameInvalid")]
    [InlineData("Microsoft.KeyVault/vaults", "1vault", "VaultNameNotValid")]
    [InlineData("Microsoft.Network/virtualNetworks", "-net", "InvalidResourceName")]
    [InlineData("Microsoft.Compute/disks", "a disk", "InvalidParameter")]
    public async Task A_name_that_breaks_its_rule_is_refused(string type, string name, string code)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var reply = await host.CallAsync("PUT", $"{host.Group}/providers/{type}/{Uri.EscapeDataString(name)}", cases.Body(type));

        Assert.Equal((400, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "taken", "StorageAccountAlreadyTaken")]
    [InlineData("Microsoft.ContainerRegistry/registries", "taken", "AlreadyInUse")]
    [InlineData("Microsoft.KeyVault/vaults", "taken", "VaultAlreadyExists")]
    public async Task A_name_somebody_else_has_is_neither_available_nor_given(string type, string name, string code)
    {
        await using var host = await ArmHost.StartAsync(new() { TakenNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { name } });
        var cases = Cases.For(host);

        var check = await host.SendAsync("POST", $"{host.Subscription}/providers/{type.Split('/')[0]}/checkNameAvailability?api-version=2025-06-01", new { name, type });
        var other = await host.SendAsync("POST", $"{host.Subscription}/providers/{type.Split('/')[0]}/checkNameAvailability?api-version=2025-06-01", new { name = "nottaken", type });
        var reply = await host.CallAsync("PUT", $"{host.Group}/providers/{type}/{name}", cases.Body(type));

        Assert.False((bool)check.Body!["nameAvailable"]!);
        Assert.True((bool)other.Body!["nameAvailable"]!);
        Assert.Equal((409, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Conditions_on_the_etag_hold()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var etag = (string)(await cases.MakeAsync(host, Vnet))["etag"]!;

        var exists = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet), ("If-None-Match", "*"));
        var stale = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet), ("If-Match", "W/\"other\""));
        var fresh = await host.CallAsync("PUT", cases.Id(Vnet), cases.Body(Vnet), ("If-Match", etag));
        var missing = await host.CallAsync("PUT", cases.Id(Vnet) + "x", cases.Body(Vnet), ("If-Match", "*"));

        Assert.Equal((412, 412, 200, 412), (exists.Status, stale.Status, fresh.Status, missing.Status));
    }

    [Fact]
    public async Task The_built_in_roles_are_there_by_their_ids()
    {
        await using var host = await ArmHost.StartAsync();

        var one = await host.CallAsync("GET", $"{host.Subscription}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d");
        var named = await host.CallAsync("GET", $"{host.Group}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20'AcrPush'");

        Assert.Equal("AcrPull", (string?)one.Body!["properties"]!["roleName"]);
        Assert.Equal("8311e382-0749-4cb8-b61a-304f252e45ec", (string?)Assert.Single(named.Body!["value"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task An_action_the_sandbox_cannot_do_says_so_instead_of_pretending()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Compute/virtualMachines");

        var reply = await host.CallAsync("POST", cases.Id("Microsoft.Compute/virtualMachines") + "/runCommand", new { commandId = "RunShellScript", script = new[] { "id" } });

        Assert.Equal((501, "NotImplemented"), (reply.Status, reply.Code));
    }
}
