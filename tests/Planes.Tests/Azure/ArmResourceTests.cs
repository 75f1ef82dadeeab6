using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class ArmResourceTests
{
    private const string Id = ArmSetup.Group + "/providers/Microsoft.Storage/storageAccounts/a1";
    private const string Identity = ArmSetup.Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1";

    private static readonly object Wish = new { location = "West Europe", sku = new { name = "Standard_LRS" }, properties = new { flag = true, network = Identity } };

    private readonly SkippingClock clock = new();

    [Fact]
    public async Task Absent_is_made_and_then_as_wished()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);

        var after = await new Thing(ArmSetup.Arm(remote, clock), Id, Wish).RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.Equal("prod", stored.Now!["tags"]![Ownership.DeploymentTag]!.ToString());
        Assert.Equal("MakeThings", stored.Now["tags"]![Ownership.TaskTag]!.ToString());
        Assert.DoesNotContain("provisioningState", Sent(remote, "PUT").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_run_changes_nothing()
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id);
        await new Thing(ArmSetup.Arm(remote, clock), Id, Wish).RollAsync();
        var before = remote.Asked.Count;

        var after = await new Thing(ArmSetup.Arm(remote, clock), Id, Wish).RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.All(remote.Asked.Skip(before), asked => Assert.Equal("GET", asked.Method));
    }

    [Fact]
    public async Task Bent_from_outside_is_named_and_repaired()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish);
        await thing.RollAsync();
        stored.Now!["sku"]!["name"] = "Standard_ZRS";

        var change = await thing.PlanAsync();
        await thing.ApplyAsync(change, default);

        Assert.Equal(["/sku/name"], change.Differences.Select(difference => difference.Path));
        Assert.Equal(Verb.Keep, (await thing.PlanAsync()).Verb);
    }

    [Fact]
    public async Task Ids_and_regions_are_compared_without_case()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish);
        await thing.RollAsync();

        stored.Now!["properties"]!["network"] = Identity.ToUpperInvariant();

        Assert.Equal(Verb.Keep, (await thing.PlanAsync()).Verb);
    }

    [Fact]
    public async Task What_exists_without_an_owner_is_adopted_by_an_update_of_its_tags()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id, new { location = "westeurope", sku = new { name = "Standard_LRS" }, properties = new { flag = true, network = Identity }, tags = new { team = "blue" } });
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish);

        var change = await thing.PlanAsync();
        await thing.ApplyAsync(change, default);

        Assert.Equal(Verb.Update, change.Verb);
        Assert.All(change.Differences, difference => Assert.StartsWith("/tags/", difference.Path, StringComparison.Ordinal));
        Assert.Equal("blue", stored.Now!["tags"]!["team"]!.ToString());
        Assert.Equal("prod", stored.Now["tags"]![Ownership.DeploymentTag]!.ToString());
    }

    [Theory]
    [InlineData("Standard_LRS")]
    [InlineData("Standard_ZRS")]
    public async Task What_belongs_to_another_deployment_is_refused(string sku)
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id, new { location = "westeurope", sku = new { name = sku }, tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["DSS-Pipeline:Deployment"] = "test" } });

        var change = await new Thing(ArmSetup.Arm(remote, clock), Id, Wish).PlanAsync();

        Assert.Equal(Verb.Refuse, change.Verb);
        Assert.Equal("Belongs to another deployment", change.Problem!.Summary);
    }

    [Fact]
    public async Task What_nobody_owns_is_not_removed()
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id, new { location = "westeurope" });

        var change = await new Thing(ArmSetup.Arm(remote, clock), Id, null).PlanAsync();

        Assert.Equal("Not made by this deployment", change.Problem!.Summary);
        Assert.False(change.Resource.IsOurs(change.Observed!));
    }

    [Fact]
    public async Task What_is_ours_is_removed_when_nobody_wishes_for_it()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var arm = ArmSetup.Arm(remote, clock);
        await new Thing(arm, Id, Wish).RollAsync();

        var after = await new Thing(arm, Id, null).RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.Null(stored.Now);
    }

    [Fact]
    public async Task What_is_fixed_at_birth_is_removed_and_made_anew_when_allowed()
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id);
        var arm = ArmSetup.Arm(remote, clock);
        await new Thing(arm, Id, new { location = "northeurope" }) { Fixed = ["/location"] }.RollAsync();

        var after = await new Thing(arm, Id, new { location = "westeurope" }) { Fixed = ["/location"] }.RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.Equal(["DELETE", "PUT"], remote.Asked.Select(asked => asked.Method).Where(method => method != "GET").Skip(1));
    }

    [Fact]
    public async Task A_failed_thing_is_put_again()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish);
        await thing.RollAsync();
        stored.Now!["properties"]!["provisioningState"] = "Failed";

        var change = await thing.PlanAsync();
        await thing.ApplyAsync(change, default);

        Assert.Equal(["/properties/provisioningState"], change.Differences.Select(difference => difference.Path));
        Assert.Equal(2, remote.Asked.Count(asked => asked.Method == "PUT"));
    }

    [Fact]
    public async Task What_a_dead_run_left_unfinished_is_waited_for_before_anything_is_written()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish);
        await thing.RollAsync();
        stored.Now!["properties"]!["provisioningState"] = "Updating";
        clock.Waiting = () => stored.Now!["properties"]!["provisioningState"] = "Succeeded";

        await thing.ApplyAsync(await thing.PlanAsync(), default);

        Assert.Equal([1], clock.Seconds);
        Assert.Single(remote.Asked, asked => asked.Method == "PUT");
    }

    [Fact]
    public async Task What_was_read_is_sent_back_under_the_wish()
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id, new { location = "westeurope", systemData = new { x = 1 }, properties = new { flag = false, addon = new { on = true }, pools = new object[] { new { name = "a", count = 1, max = 5 }, new { name = "b" } } } });
        var wish = new { location = "westeurope", properties = new { flag = true, pools = new[] { new { name = "a", count = 3 } } } };

        await new Thing(ArmSetup.Arm(remote, clock), Id, wish, UpdateStyle.PutOverObserved).RollAsync();

        Assert.Equal("""{"flag":true,"addon":{"on":true},"pools":[{"name":"a","count":3,"max":5}]}""", Sent(remote, "PUT")["properties"]!.ToJsonString());
        Assert.Equal(["location", "properties", "tags"], Sent(remote, "PUT").AsObject().Select(member => member.Key).Order());
    }

    [Fact]
    public async Task A_patch_holds_only_what_differs()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish, UpdateStyle.Patch);
        await thing.RollAsync();
        stored.Now!["sku"]!["name"] = "Standard_ZRS";

        await thing.RollAsync();

        Assert.Equal("""{"sku":{"name":"Standard_LRS"}}""", Sent(remote, "PATCH").ToJsonString());
    }

    [Fact]
    public async Task A_patch_of_one_tag_holds_them_all()
    {
        await using var remote = await Remote.StartAsync();
        var stored = new Stored(remote, Id);
        var thing = new Thing(ArmSetup.Arm(remote, clock), Id, Wish, UpdateStyle.Patch);
        await thing.RollAsync();
        stored.Now!["tags"] = new JsonObject { [Ownership.DeploymentTag] = "prod", ["team"] = "blue" };

        await thing.RollAsync();

        Assert.Equal([Ownership.DeploymentTag, Ownership.TaskTag, "team"], Sent(remote, "PATCH")["tags"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Identities_are_keyed_by_id_on_the_wire_and_those_of_others_stay()
    {
        const string foreign = ArmSetup.Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/monitor";
        await using var remote = await Remote.StartAsync();
        var seen = new JsonObject { ["location"] = "westeurope", ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [foreign] = new JsonObject { ["clientId"] = "c" } } } };
        _ = new Stored(remote, Id, seen);
        var wish = new { location = "westeurope", identity = new { type = "UserAssigned", userAssignedIdentities = new Dictionary<string, string>(StringComparer.Ordinal) { ["id-1"] = Identity } } };

        var after = await new Thing(ArmSetup.Arm(remote, clock), Id, wish).RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.Equal([Identity, foreign], Sent(remote, "PUT")["identity"]!["userAssignedIdentities"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_takes_no_tags_gets_none()
    {
        const string subnet = ArmSetup.Group + "/providers/Microsoft.Network/virtualNetworks/v1/subnets/s";
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, subnet);

        await new Thing(ArmSetup.Arm(remote, clock), subnet, new { properties = new { addressPrefix = "10.0.0.0/24" } }).RollAsync();

        Assert.Equal("""{"properties":{"addressPrefix":"10.0.0.0/24"}}""", Sent(remote, "PUT").ToJsonString());
    }

    [Fact]
    public async Task Members_that_nobody_wished_for_are_not_sent_empty()
    {
        await using var remote = await Remote.StartAsync();
        _ = new Stored(remote, Id);

        await new Thing(ArmSetup.Arm(remote, clock), Id, new { location = "westeurope" }).RollAsync();

        Assert.Null(Sent(remote, "PUT")["properties"]);
    }

    private static JsonNode Sent(Remote remote, string method) => JsonNode.Parse(remote.Asked.Last(asked => asked.Method == method).Body)!;
}
