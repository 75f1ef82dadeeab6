using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class ListTests
{
    [Fact]
    public async Task A_long_list_comes_in_pages_whose_links_hold_everything()
    {
        await using var host = await ArmHost.StartAsync(new() { PageSize = 2 });
        for (var number = 0; number < 5; number++) await host.MakeAsync($"{host.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-{number}", new { location = "westeurope" });

        var (names, pages) = (new List<string>(), 0);
        for (string? link = $"{host.Subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2024-11-30"; link is not null; pages++)
        {
            var page = (await host.SendAsync("GET", link)).Body!;
            names.AddRange(page["value"]!.AsArray().Select(item => (string)item!["name"]!));
            link = (string?)page["nextLink"];
        }

        Assert.Equal(["id-0", "id-1", "id-2", "id-3", "id-4"], names);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_group_lists_its_tracked_resources_and_nothing_below_them()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/virtualNetworks/subnets");
        await cases.MakeAsync(host, "Microsoft.Authorization/roleAssignments");

        var list = await host.SendAsync("GET", $"{host.Group}/resources?api-version=2021-04-01&$expand=createdTime,changedTime,provisioningState");

        var types = list.Body!["value"]!.AsArray().Select(item => (string?)item!["type"]).Order(StringComparer.Ordinal);
        Assert.Equal(["Microsoft.Network/networkSecurityGroups", "Microsoft.Network/virtualNetworks", "Microsoft.Storage/storageAccounts"], types);
        Assert.All(list.Body["value"]!.AsArray(), item => Assert.Equal("Succeeded", (string?)item!["provisioningState"]));
        Assert.All(list.Body["value"]!.AsArray(), item => Assert.Null(item!["properties"]));
    }

    [Theory]
    [InlineData("resourceType eq 'Microsoft.ManagedIdentity/userAssignedIdentities'", 2, true)]
    [InlineData("tagName eq 'team' and tagValue eq 'data'", 1, false)]
    [InlineData("tagName eq 'TEAM'", 2, false)]
    public async Task A_filter_picks_and_a_tag_filter_drops_the_tags(string filter, int count, bool showsTags)
    {
        await using var host = await ArmHost.StartAsync();
        foreach (var team in new[] { "data", "web" }) await host.MakeAsync($"{host.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-{team}", new { location = "westeurope", tags = new { team } });

        var list = await host.SendAsync("GET", $"{host.Subscription}/resources?api-version=2021-04-01&$filter={Uri.EscapeDataString(filter)}");

        var items = list.Body!["value"]!.AsArray();
        Assert.Equal(count, items.Count);
        Assert.All(items, item => Assert.Equal(showsTags, item!["tags"] is not null));
    }

    [Fact]
    public async Task A_filter_nobody_knows_is_refused()
    {
        await using var host = await ArmHost.StartAsync();

        var reply = await host.SendAsync("GET", $"{host.Group}/resources?api-version=2021-04-01&$filter=colour%20eq%20'red'%20or%20size%20gt%203");

        Assert.Equal((400, "InvalidFilterInQueryString"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Tags_are_merged_replaced_and_deleted_without_touching_the_rest()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Storage/storageAccounts");
        var tags = cases.Id("Microsoft.Storage/storageAccounts") + "/providers/Microsoft.Resources/tags/default?api-version=2021-04-01";

        await host.SendAsync("PATCH", tags, Patch("Merge", new { a = "1", b = "2" }));
        await host.SendAsync("PATCH", tags, Patch("Merge", new { B = "3" }));
        var merged = (await host.SendAsync("GET", tags)).Body!["properties"]!["tags"]!.ToJsonString();
        await host.SendAsync("PATCH", tags, Patch("Delete", new { a = "1" }));
        var deleted = await host.CallAsync("GET", cases.Id("Microsoft.Storage/storageAccounts"));
        await host.SendAsync("PATCH", tags, Patch("Replace", new { c = "4" }));
        var replaced = await host.CallAsync("GET", cases.Id("Microsoft.Storage/storageAccounts"));

        Assert.Equal("""{"a":"1","B":"3"}""", merged);
        Assert.Equal("""{"B":"3"}""", deleted.Body!["tags"]!.ToJsonString());
        Assert.Equal("""{"c":"4"}""", replaced.Body!["tags"]!.ToJsonString());
        Assert.True((bool)replaced.Body["properties"]!["isHnsEnabled"]!);
    }

    [Fact]
    public async Task Groups_regions_sizes_and_usages_can_be_listed()
    {
        await using var host = await ArmHost.StartAsync();

        var groups = await host.SendAsync("GET", $"{host.Subscription}/resourcegroups?api-version=2025-04-01");
        var regions = await host.SendAsync("GET", $"{host.Subscription}/locations?api-version=2022-12-01");
        var sizes = await host.SendAsync("GET", $"{host.Subscription}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location%20eq%20'westeurope'");
        var usages = await host.SendAsync("GET", $"{host.Subscription}/providers/Microsoft.Compute/locations/westeurope/usages?api-version=2025-04-01");

        Assert.Equal("rg", (string?)Assert.Single(groups.Body!["value"]!.AsArray())!["name"]);
        Assert.Contains(regions.Body!["value"]!.AsArray(), region => (string?)region!["name"] == "westeurope");
        Assert.Contains(sizes.Body!["value"]!.AsArray(), size => (string?)size!["name"] == "Standard_D8s_v5");
        Assert.NotEmpty(usages.Body!["value"]!.AsArray());
    }

    private static JsonObject Patch(string operation, object tags) => new() { ["operation"] = operation, ["properties"] = new JsonObject { ["tags"] = System.Text.Json.JsonSerializer.SerializeToNode(tags) } };
}
