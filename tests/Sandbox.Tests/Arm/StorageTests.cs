using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class StorageTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string Service = "Microsoft.Storage/storageAccounts/blobServices";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";

    [Fact]
    public async Task Keys_are_listed_and_renewed_one_by_one()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Account);

        var before = await host.CallAsync("POST", cases.Id(Account) + "/listKeys");
        var after = await host.CallAsync("POST", cases.Id(Account) + "/regenerateKey", new { keyName = "key2" });

        Assert.Equal((string?)before.Body!["keys"]![0]!["value"], (string?)after.Body!["keys"]![0]!["value"]);
        Assert.NotEqual((string?)before.Body["keys"]![1]!["value"], (string?)after.Body["keys"]![1]!["value"]);
    }

    [Fact]
    public async Task The_blob_service_echoes_what_was_sent_and_forgets_rules_that_were_not()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Account);
        var rules = JsonNode.Parse("""{"properties":{"cors":{"corsRules":[{"allowedOrigins":["*"],"allowedMethods":["GET"],"maxAgeInSeconds":1,"exposedHeaders":["*"],"allowedHeaders":["*"]}]}}}""")!;
        await host.MakeAsync(cases.Id(Service), rules);

        var echo = await host.CallAsync("PUT", cases.Id(Service), cases.Body(Service));
        var seen = await host.CallAsync("GET", cases.Id(Service));

        Assert.Null(echo.Body!["id"]);
        Assert.Null(echo.Body["properties"]!["cors"]);
        Assert.Empty(seen.Body!["properties"]!["cors"]!["corsRules"]!.AsArray());
        Assert.Equal("default", (string?)seen.Body["name"]);
    }

    [Fact]
    public async Task Versions_and_a_hierarchy_exclude_each_other()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Account);

        var reply = await host.CallAsync("PUT", cases.Id(Service), new { properties = new { isVersioningEnabled = true } });

        Assert.Equal(409, reply.Status);
    }

    [Fact]
    public async Task A_container_first_answers_its_names_only_and_a_missing_one_has_its_own_code()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Account);

        var made = await host.CallAsync("PUT", cases.Id(Container), cases.Body(Container));
        var missing = await host.CallAsync("GET", cases.Id(Container) + "2");
        var policy = await host.CallAsync("GET", cases.Id(Account) + "/managementPolicies/default");

        Assert.Equal(["id", "name", "type"], made.Body!.AsObject().Select(member => member.Key));
        Assert.Equal(201, made.Status);
        Assert.NotNull(made.Header("ETag"));
        Assert.Equal("ContainerNotFound", missing.Code);
        Assert.Equal("ManagementPolicyNotFound", policy.Code);
    }

    [Fact]
    public async Task A_deleted_container_holds_its_name_for_half_a_minute_of_real_time()
    {
        var clock = new HandClock();
        await using var host = await ArmHost.StartAsync(new() { DurationScale = 0.0001 }, clock);
        clock.Move(TimeSpan.FromMinutes(1));
        await using var slow = await ArmHost.OpenAsync(Directory.CreateTempSubdirectory("arm-").FullName, new() { DurationScale = 1 }, clock, keepsFolder: false);
        await slow.SendAsync("POST", $"{slow.Subscription}/providers/Microsoft.Storage/register?api-version=2022-09-01");
        clock.Move(TimeSpan.FromMinutes(1));
        var cases = Cases.For(slow);
        await slow.MakeAsync(slow.Group, new { location = "westeurope" });
        await slow.CallAsync("PUT", cases.Id(Account), cases.Body(Account));
        clock.Move(TimeSpan.FromMinutes(1));
        await slow.MakeAsync(cases.Id(Container), cases.Body(Container));
        await slow.CallAsync("DELETE", cases.Id(Container));

        var early = await slow.CallAsync("PUT", cases.Id(Container), cases.Body(Container));
        clock.Move(TimeSpan.FromSeconds(31));
        var late = await slow.CallAsync("PUT", cases.Id(Container), cases.Body(Container));

        Assert.Equal((409, "ContainerBeingDeleted"), (early.Status, early.Code));
        Assert.Equal(201, late.Status);
    }

    [Fact]
    public async Task Lifecycle_rules_come_back_with_decimals()
    {
        await using var host = await ArmHost.StartAsync();

        var policy = await Cases.For(host).MakeAsync(host, Account + "/managementPolicies");

        Assert.Contains("\"daysAfterModificationGreaterThan\":30.0", policy.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Standard_ZRS", "PropertyChangeNotAllowed")]
    [InlineData("Standard_GRS", null)]
    public async Task A_sku_moves_only_where_no_migration_is_needed(string sku, string? code)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Account);
        var body = cases.Body(Account);
        body["sku"]!["name"] = sku;

        var reply = await host.CallAsync("PUT", cases.Id(Account), body);

        Assert.Equal(code, reply.Code);
    }

    [Fact]
    public async Task A_rule_for_a_subnet_needs_its_service_endpoint()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/virtualNetworks/subnets");
        var bare = cases.Body("Microsoft.Network/virtualNetworks/subnets");
        bare["properties"]!.AsObject().Remove("serviceEndpoints");
        await host.MakeAsync(cases.Id("Microsoft.Network/virtualNetworks/subnets"), bare);
        var body = cases.Body(Account);
        body["properties"]!["networkAcls"] = new JsonObject { ["defaultAction"] = "Deny", ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = cases.Id("Microsoft.Network/virtualNetworks/subnets") }) };

        var reply = await host.CallAsync("PUT", cases.Id(Account), body);

        Assert.Equal("SubnetsHaveNoServiceEndpointsConfigured", reply.Code);
    }

    [Fact]
    public async Task A_registry_hands_out_credentials_only_with_its_admin_user_on()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var id = cases.Id("Microsoft.ContainerRegistry/registries");
        await cases.MakeAsync(host, "Microsoft.ContainerRegistry/registries");

        var off = await host.CallAsync("POST", id + "/listCredentials");
        await host.CallAsync("PATCH", id, new { properties = new { adminUserEnabled = true } });
        var on = await host.CallAsync("POST", id + "/listCredentials");

        Assert.Equal((400, "UnAuthorizedForCredentialOperations"), (off.Status, off.Code));
        Assert.Equal(("acrOne", 2), ((string?)on.Body!["username"], on.Body["passwords"]!.AsArray().Count));
    }
}
