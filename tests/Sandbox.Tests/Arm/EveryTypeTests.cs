using System.Text.Json.Nodes;
using DssPipeline.Sandbox;

namespace Sandbox.Tests.Arm;

public sealed class EveryTypeTests
{
    private static readonly string[] Restless = ["etag", "lastModifiedAt", "lastModifiedTime", "lastUpdatedTime", "updatedOn", "updated", "secretUriWithVersion"];

    public static IEnumerable<TheoryDataRow<string>> Types => Cases.Types;

    [Theory, MemberData(nameof(Types))]
    public async Task A_new_resource_is_read_back_as_it_was_sent(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var made = await cases.MakeAsync(host, type);

        Assert.Equal(cases.Id(type), (string?)made["id"], ignoreCase: true);
        Assert.Empty(ContractValidator.ValidateAnswer(type, made));
        Assert.DoesNotContain("hush", made.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_change_is_seen_by_the_next_read(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, type);
        var body = Laid(cases.Body(type), cases.Part(type, "change")!);

        var changed = await host.MakeAsync(cases.Id(type), body);

        foreach (var (path, value) in cases.Part(type, "see")!) Assert.Equal(value!.ToJsonString(), At(changed, path)?.ToJsonString());
    }

    [Theory, MemberData(nameof(Types))]
    public async Task Writing_the_same_again_shows_the_same(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var first = await cases.MakeAsync(host, type);

        var second = await host.MakeAsync(cases.Id(type), cases.Body(type));

        Assert.Equal(Steady(first), Steady(second));
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_list_holds_what_was_made(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, type);
        var id = cases.Id(type);

        var list = await host.CallAsync("GET", id[..id.LastIndexOf('/')]);

        Assert.Equal(200, list.Status);
        Assert.Contains(list.Body!["value"]!.AsArray(), item => id.Equals((string?)item!["id"], StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Types))]
    public async Task What_was_deleted_is_gone_and_deleting_it_again_is_no_error(string type)
    {
        if (type is "Microsoft.Storage/storageAccounts/blobServices" or "Microsoft.KeyVault/vaults/secrets") return;
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, type);

        var first = await host.RemoveAsync(cases.Id(type));
        var gone = await host.CallAsync("GET", cases.Id(type));
        var second = await host.CallAsync("DELETE", cases.Id(type));

        Assert.Contains(first.Status, new[] { 200, 202 });
        Assert.Equal(404, gone.Status);
        Assert.NotNull(gone.Code);
        Assert.Equal(type == "Microsoft.Resources/resourceGroups" ? 404 : 204, second.Status);
    }

    [Theory, MemberData(nameof(Types))]
    public async Task An_unknown_property_is_refused_by_name(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, type);
        var body = cases.Body(type);
        (body["properties"] ??= new JsonObject())["flavour"] = "sweet";

        var reply = await host.CallAsync("PUT", cases.Id(type), body);

        Assert.Equal(400, reply.Status);
        Assert.NotNull(reply.Code);
        Assert.Contains("flavour", reply.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_value_of_another_type_is_refused(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, type);
        var body = cases.Body(type);
        body["properties"] = "a text";

        var reply = await host.CallAsync("PUT", cases.Id(type), body);

        Assert.Equal(400, reply.Status);
        Assert.Contains("properties", reply.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_body_that_is_no_JSON_is_refused(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, type);

        var reply = await host.CallAsync("PUT", cases.Id(type), "{\"location\": ");

        Assert.Equal((400, "InvalidRequestContent"), (reply.Status, reply.Code));
    }

    [Theory, MemberData(nameof(Types))]
    public async Task Each_member_that_must_be_sent_is_missed(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, type);
        var missing = ContractValidator.Validate(type, ArmHost.Version(cases.Id(type)), new JsonObject()).Select(problem => problem.Path).ToList();

        foreach (var member in missing)
        {
            var body = cases.Body(type);
            body.Remove(member);
            var reply = await host.CallAsync("PUT", cases.Id(type), body);

            Assert.Equal(400, reply.Status);
            Assert.Contains(member, reply.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory, MemberData(nameof(Types))]
    public async Task What_is_fixed_at_birth_cannot_change(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        if (cases.Part(type, "fixed") is not { } change) return;
        await cases.MakeAsync(host, type);

        var reply = await host.CallAsync("PUT", cases.Id(type), Laid(cases.Body(type), change));

        Assert.Contains(reply.Code, new[] { "PropertyChangeNotAllowed", "InvalidResourceLocation", "InvalidResourceGroupLocation", "RoleAssignmentUpdateNotPermitted" });
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_patch_of_tags_leaves_all_else_as_it_was(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var before = await cases.MakeAsync(host, type);

        var reply = await host.CallAsync("PATCH", cases.Id(type), new { tags = new { patched = "yes" } });
        var after = await host.SettleAsync(cases.Id(type));

        Assert.Contains(reply.Status, new[] { 200, 202, 400, 405 });
        if (reply.IsSuccess) Assert.Equal("yes", (string?)after["tags"]!["patched"]);
        before.Remove("tags");
        after.Remove("tags");
        Assert.Equal(Steady(before), Steady(after));
    }

    [Theory, MemberData(nameof(Types))]
    public async Task The_subscription_lists_what_lies_in_its_groups(string type)
    {
        if (type.Count(letter => letter == '/') > 1 || type == "Microsoft.Resources/resourceGroups") return;
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, type);

        var list = await host.CallAsync("GET", $"{host.Subscription}/providers/{type}");

        Assert.Contains(list.Body!["value"]!.AsArray(), item => cases.Id(type).Equals((string?)item!["id"], StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_version_Azure_does_not_serve_is_refused(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var missing = await host.SendAsync("GET", cases.Id(type));
        var unknown = await host.SendAsync("GET", cases.Id(type) + "?api-version=2001-01-01");

        Assert.Equal((400, "MissingApiVersionParameter"), (missing.Status, missing.Code));
        Assert.Equal(400, unknown.Status);
        Assert.Contains(unknown.Code, new[] { "NoRegisteredProviderFound", "InvalidApiVersionParameter" });
    }

    private static JsonObject Laid(JsonObject body, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject members && body[name] is JsonObject below) Laid(below, members);
            else body[name] = value?.DeepClone();
        }

        return body;
    }

    private static JsonNode? At(JsonNode? node, string path) => path.Split('.').Aggregate(node, (current, name) => current?[name]);

    /// <summary>Without what changes at every write by itself, members in one order.</summary>
    private static string Steady(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.Where(member => !Restless.Contains(member.Key, StringComparer.Ordinal)).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Steady(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Steady)) + "]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
