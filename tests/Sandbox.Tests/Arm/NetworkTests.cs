using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class NetworkTests
{
    private const string Vnet = "Microsoft.Network/virtualNetworks";
    private const string Subnet = "Microsoft.Network/virtualNetworks/subnets";
    private const string Card = "Microsoft.Network/networkInterfaces";
    private const string Group = "Microsoft.Network/networkSecurityGroups";

    [Fact]
    public async Task A_network_written_without_subnets_keeps_them_and_with_an_empty_list_loses_them()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Subnet);

        var kept = await host.MakeAsync(cases.Id(Vnet), cases.Body(Vnet));
        var body = cases.Body(Vnet);
        body["properties"]!["subnets"] = new JsonArray();
        var lost = await host.MakeAsync(cases.Id(Vnet), body);

        Assert.Equal("snet-one", (string?)kept["properties"]!["subnets"]![0]!["name"]);
        Assert.Empty(lost["properties"]!["subnets"]!.AsArray());
    }

    [Fact]
    public async Task Subnets_inside_the_body_replace_the_set()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Subnet);
        var body = cases.Body(Vnet);
        body["properties"]!["subnets"] = new JsonArray(new JsonObject { ["name"] = "other", ["properties"] = new JsonObject { ["addressPrefix"] = "10.42.9.0/24" } });

        await host.MakeAsync(cases.Id(Vnet), body);
        var old = await host.CallAsync("GET", cases.Id(Subnet));
        var made = await host.CallAsync("GET", $"{cases.Id(Vnet)}/subnets/other");

        Assert.Equal((404, "NotFound"), (old.Status, old.Code));
        Assert.Equal("Disabled", (string?)made.Body!["properties"]!["privateEndpointNetworkPolicies"]);
    }

    [Theory]
    [InlineData("10.99.0.0/24", "NetcfgInvalidSubnet")]
    [InlineData("10.42.1.128/25", "NetcfgSubnetRangesOverlap")]
    [InlineData("10.42.2.1/24", "InvalidCIDRNotation")]
    public async Task A_subnet_that_does_not_fit_is_refused(string prefix, string code)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Subnet);

        var reply = await host.CallAsync("PUT", $"{cases.Id(Vnet)}/subnets/second", new { properties = new { addressPrefix = prefix } });

        Assert.Equal((400, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task What_somebody_uses_cannot_be_deleted_or_moved()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Compute/virtualMachines");
        var used = cases.Body(Subnet);
        used["properties"]!["networkSecurityGroup"] = new JsonObject { ["id"] = cases.Id(Group) };
        await host.MakeAsync(cases.Id(Group), cases.Body(Group));
        await host.MakeAsync(cases.Id(Subnet), used);
        used["properties"]!["addressPrefix"] = "10.42.5.0/24";

        var codes = new List<string?>();
        foreach (var type in new[] { Card, Subnet, Vnet, Group, "Microsoft.Network/publicIPAddresses", "Microsoft.Compute/disks" }) codes.Add((await host.CallAsync("DELETE", cases.Id(type))).Code);
        var moved = await host.CallAsync("PUT", cases.Id(Subnet), used);

        Assert.Equal(["NicInUse", "InUseSubnetCannotBeDeleted", "InUseSubnetCannotBeDeleted", "InUseNetworkSecurityGroupCannotBeDeleted", "PublicIPAddressCannotBeDeleted", "OperationNotAllowed"], codes);
        Assert.Equal("InUsePrefixCannotBeDeleted", moved.Code);
    }

    [Fact]
    public async Task Interfaces_get_the_next_free_address_of_their_subnet_and_keep_it()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var first = await cases.MakeAsync(host, Card);
        var body = cases.Body(Card);
        body["properties"]!["ipConfigurations"]![0]!["properties"]!.AsObject().Remove("publicIPAddress");
        var second = await host.MakeAsync(cases.Id(Card) + "-b", body);
        var again = await host.MakeAsync(cases.Id(Card), cases.Body(Card));

        Assert.Equal(("10.42.1.4", "10.42.1.5", "10.42.1.4"), (Address(first), Address(second), Address(again)));
    }

    [Fact]
    public async Task Two_rules_cannot_share_priority_and_direction()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/networkSecurityGroups/securityRules");

        var reply = await host.CallAsync("PUT", $"{cases.Id(Group)}/securityRules/other", cases.Body("Microsoft.Network/networkSecurityGroups/securityRules"));
        var group = await host.SettleAsync(cases.Id(Group));

        Assert.Equal((400, "SecurityRuleConflict"), (reply.Status, reply.Code));
        Assert.Equal(6, group["properties"]!["defaultSecurityRules"]!.AsArray().Count);
        Assert.Equal("ssh", (string?)Assert.Single(group["properties"]!["securityRules"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_patch_of_a_security_group_keeps_its_rules_and_a_write_without_them_does_not()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/networkSecurityGroups/securityRules");

        var patched = await host.CallAsync("PATCH", cases.Id(Group), new { tags = new { a = "1" } });
        var written = await host.MakeAsync(cases.Id(Group), cases.Body(Group));

        Assert.Single(patched.Body!["properties"]!["securityRules"]!.AsArray());
        Assert.Empty(written["properties"]!["securityRules"]!.AsArray());
    }

    [Fact]
    public async Task A_write_below_a_network_changes_its_etag()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var before = await cases.MakeAsync(host, Vnet);
        await host.MakeAsync(cases.Id(Subnet), cases.Body(Subnet));

        var after = await host.SettleAsync(cases.Id(Vnet));

        Assert.NotEqual((string?)before["etag"], (string?)after["etag"]);
    }

    [Fact]
    public async Task Basic_public_addresses_are_no_longer_made()
    {
        await using var host = await ArmHost.StartAsync();

        var reply = await host.CallAsync("PUT", $"{host.Group}/providers/Microsoft.Network/publicIPAddresses/pip", new { location = "westeurope" });

        Assert.Equal((400, "IPv4BasicSkuPublicIpCountLimitReached"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_private_endpoint_brings_an_interface_that_goes_with_it()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var endpoint = await cases.MakeAsync(host, "Microsoft.Network/privateEndpoints");
        var card = (string)endpoint["properties"]!["networkInterfaces"]![0]!["id"]!;
        var there = await host.CallAsync("GET", card);
        var target = await host.CallAsync("GET", cases.Id("Microsoft.Storage/storageAccounts"));
        await host.RemoveAsync(cases.Id("Microsoft.Network/privateEndpoints"));
        var gone = await host.CallAsync("GET", card);

        Assert.Equal("Approved", (string?)endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["privateLinkServiceConnectionState"]!["status"]);
        Assert.Equal(cases.Id("Microsoft.Network/privateEndpoints"), (string?)target.Body!["properties"]!["privateEndpointConnections"]![0]!["properties"]!["privateEndpoint"]!["id"]);
        Assert.Empty(DssPipeline.Sandbox.ContractValidator.ValidateAnswer("Microsoft.Storage/storageAccounts", target.Body));
        Assert.StartsWith("10.42.1.", Address(there.Body!), StringComparison.Ordinal);
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task A_linked_zone_cannot_be_deleted()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/privateDnsZones/virtualNetworkLinks");

        var reply = await host.CallAsync("DELETE", cases.Id("Microsoft.Network/privateDnsZones"));

        Assert.Equal((409, "CannotDeleteResource"), (reply.Status, reply.Code));
    }

    private static string? Address(JsonNode card) => (string?)card["properties"]!["ipConfigurations"]![0]!["properties"]!["privateIPAddress"];
}
