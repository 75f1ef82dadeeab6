using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class MachineTests
{
    private const string Machine = "Microsoft.Compute/virtualMachines";

    [Fact]
    public async Task A_machine_holds_its_disk_and_interface_and_shows_them_so()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var machine = await cases.MakeAsync(host, Machine);
        var disk = await host.CallAsync("GET", cases.Id("Microsoft.Compute/disks"));
        var card = await host.CallAsync("GET", cases.Id("Microsoft.Network/networkInterfaces"));
        var system = await host.CallAsync("GET", (string)machine["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!);

        Assert.Equal((cases.Id(Machine), "Attached"), ((string?)disk.Body!["managedBy"], (string?)disk.Body["properties"]!["diskState"]));
        Assert.Equal(cases.Id(Machine), (string?)card.Body!["properties"]!["virtualMachine"]!["id"]);
        Assert.NotNull(card.Body["properties"]!["macAddress"]);
        Assert.Equal("Premium_LRS", (string?)system.Body!["sku"]!["name"]);
        Assert.Null(machine["properties"]!["osProfile"]!["customData"]);
    }

    [Fact]
    public async Task The_power_state_is_seen_only_when_it_is_asked_for()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var plain = await cases.MakeAsync(host, Machine);

        var running = await Power(host, cases.Id(Machine));
        await host.CallAsync("POST", cases.Id(Machine) + "/deallocate");
        await host.SettleAsync(cases.Id(Machine));
        var stopped = await Power(host, cases.Id(Machine));
        var extension = await host.CallAsync("PUT", cases.Id(Machine + "/extensions"), cases.Body(Machine + "/extensions"));
        await host.CallAsync("POST", cases.Id(Machine) + "/start");
        await host.SettleAsync(cases.Id(Machine));
        var again = await Power(host, cases.Id(Machine));

        Assert.Null(plain["properties"]!["instanceView"]);
        Assert.Equal(("PowerState/running", "PowerState/deallocated", "PowerState/running"), (running, stopped, again));
        Assert.Equal((409, "OperationNotAllowed"), (extension.Status, extension.Code));
    }

    [Fact]
    public async Task An_image_with_a_plan_needs_the_plan_and_its_terms()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, Machine);
        var body = cases.Body(Machine);
        body["properties"]!["storageProfile"]!["imageReference"] = new JsonObject { ["publisher"] = "almalinux", ["offer"] = "almalinux-x86_64", ["sku"] = "8-gen2", ["version"] = "latest" };
        var terms = $"{host.Subscription}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualMachine/publishers/almalinux/offers/almalinux-x86_64/plans/8-gen2/agreements/current?api-version=2015-06-01";

        var without = await host.CallAsync("PUT", cases.Id(Machine), body);
        body["plan"] = new JsonObject { ["publisher"] = "almalinux", ["product"] = "almalinux-x86_64", ["name"] = "8-gen2" };
        var unaccepted = await host.CallAsync("PUT", cases.Id(Machine), body);
        var read = (await host.SendAsync("GET", terms)).Body!;
        read["properties"]!["accepted"] = true;
        await host.SendAsync("PUT", terms, read);
        var accepted = await host.CallAsync("PUT", cases.Id(Machine), body);

        Assert.Equal((400, "VMMarketplaceInvalidInput"), (without.Status, without.Code));
        Assert.Equal((400, "ResourcePurchaseValidationFailed"), (unaccepted.Status, unaccepted.Code));
        Assert.Equal(201, accepted.Status);
    }

    [Fact]
    public async Task Deleting_a_machine_leaves_what_it_did_not_own()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, Machine);
        var body = cases.Body(Machine);
        body["properties"]!["storageProfile"]!["osDisk"]!["deleteOption"] = "Delete";
        var machine = await host.MakeAsync(cases.Id(Machine), body);

        await host.RemoveAsync(cases.Id(Machine));
        var system = await host.CallAsync("GET", (string)machine["properties"]!["storageProfile"]!["osDisk"]!["managedDisk"]!["id"]!);
        var data = await host.CallAsync("GET", cases.Id("Microsoft.Compute/disks"));

        Assert.Equal((404, 200), (system.Status, data.Status));
        Assert.Equal("Unattached", (string?)data.Body!["properties"]!["diskState"]);
    }

    [Fact]
    public async Task A_disk_only_grows()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Compute/disks");
        var body = cases.Body("Microsoft.Compute/disks");
        body["properties"]!["diskSizeGB"] = 100;

        var reply = await host.CallAsync("PUT", cases.Id("Microsoft.Compute/disks"), body);

        Assert.Equal((409, "PropertyChangeNotAllowed"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("properties.osProfile.adminUsername", "root", "adminUsername")]
    [InlineData("properties.osProfile.customData", "not base64!", "customData")]
    [InlineData("properties.hardwareProfile.vmSize", null, "vmSize")]
    public async Task What_Compute_checks_is_refused_with_its_target(string path, string? value, string target)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, Machine);
        var body = cases.Body(Machine);
        var names = path.Split('.');
        names[..^1].Aggregate((JsonNode)body, (node, name) => node[name]!)[names[^1]] = value;

        var reply = await host.CallAsync("PUT", cases.Id(Machine), body);

        Assert.Equal((400, "InvalidParameter", target), (reply.Status, reply.Code, (string?)reply.Body!["error"]!["target"]));
    }

    [Fact]
    public async Task A_patch_keeps_what_it_does_not_name()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Machine);

        await host.CallAsync("PATCH", cases.Id(Machine), new { tags = new { owner = "dss" } });
        var seen = await host.SettleAsync(cases.Id(Machine));

        Assert.Equal("dss", (string?)seen["tags"]!["owner"]);
        Assert.Single(seen["properties"]!["storageProfile"]!["dataDisks"]!.AsArray());
        Assert.Equal("I2Nsb3VkLWNvbmZpZwo=", (string?)host.Store.FindHidden(cases.Id(Machine))!["properties"]!["osProfile"]!["customData"]);
    }

    private static async Task<string?> Power(ArmHost host, string id)
    {
        var reply = await host.CallAsync("GET", id + "?$expand=instanceView");
        return (string?)reply.Body!["properties"]!["instanceView"]!["statuses"]![1]!["code"];
    }
}
