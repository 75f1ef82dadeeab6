using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Sandbox;

namespace Sandbox.Tests.Arm;

public sealed class StoreTests
{
    private const string Vnet = "Microsoft.Network/virtualNetworks";

    [Fact]
    public async Task A_second_process_finds_the_same_world_and_finishes_what_was_running()
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        string address, id;
        await using (var first = await ArmHost.OpenAsync(folder))
        {
            await first.SendAsync("POST", $"{first.Subscription}/providers/Microsoft.Network/register?api-version=2022-09-01");
            for (var look = 0; look < 2; look++) await first.SendAsync("GET", $"{first.Subscription}/providers/Microsoft.Network?api-version=2022-09-01");
            await first.MakeAsync(first.Group, new { location = "westeurope", tags = new { a = "1" } });
            id = Cases.For(first).Id(Vnet);
            address = new Uri((await first.CallAsync("PUT", id, Cases.For(first).Body(Vnet))).Header("Azure-AsyncOperation")!).PathAndQuery;
        }

        await using var second = await ArmHost.OpenAsync(folder, keepsFolder: false);
        var group = await second.CallAsync("GET", second.Group);
        await second.SendAsync("GET", address);
        var done = await second.SendAsync("GET", address);
        var network = await second.CallAsync("GET", id);

        Assert.Equal("1", (string?)group.Body!["tags"]!["a"]);
        Assert.Equal("""{"status":"Succeeded"}""", done.Text);
        Assert.Equal("Succeeded", (string?)network.Body!["properties"]!["provisioningState"]);
    }

    [Fact]
    public void A_line_cut_off_by_a_dying_process_is_as_if_its_request_had_never_come()
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        using (var store = new ArmStore(folder)) store.Put("/subscriptions/s/resourceGroups/whole", new() { ["name"] = "whole" }, null);
        var journal = Path.Combine(folder, "arm.jsonl");
        var whole = new FileInfo(journal).Length;
        File.AppendAllText(journal, """[{"id":"/subscriptions/s/resourceGroups/half","docu""");

        using (var store = new ArmStore(folder))
        {
            store.Put("/subscriptions/s/resourceGroups/next", new() { ["name"] = "next" }, null);
        }

        var added = File.ReadAllText(journal)[(int)whole..];
        using var last = new ArmStore(folder);
        Assert.Equal(["next", "whole"], last.OfType("Microsoft.Resources/resourceGroups").Select(group => (string?)group["name"]).Order(StringComparer.Ordinal));
        Assert.StartsWith("[{\"id\":\"/subscriptions/s/resourceGroups/next\"", added, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1), InlineData(0.5), InlineData(0.9)]
    public void Wherever_the_journal_breaks_off_the_rest_can_be_read(double part)
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        using (var store = new ArmStore(folder))
        {
            for (var number = 0; number < 20; number++) store.Put($"/subscriptions/s/resourceGroups/g{number}", new() { ["name"] = $"g{number}" }, null);
        }

        var journal = Path.Combine(folder, "arm.jsonl");
        var bytes = File.ReadAllBytes(journal);
        File.WriteAllBytes(journal, bytes[..(int)(bytes.Length * part)]);

        using var left = new ArmStore(folder);
        Assert.Equal(Encoding.UTF8.GetString(bytes[..(int)(bytes.Length * part)]).Count(letter => letter == '\n'), left.OfType("Microsoft.Resources/resourceGroups").Count);
    }

    [Fact]
    public void A_long_history_is_folded_into_what_is_left_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        using (var store = new ArmStore(folder))
        {
            for (var number = 0; number < 500; number++) store.Put("/subscriptions/s/resourceGroups/g", new() { ["name"] = "g", ["n"] = number }, null);
        }

        new ArmStore(folder).Dispose();

        Assert.Single(File.ReadAllLines(Path.Combine(folder, "arm.jsonl")));
        using var again = new ArmStore(folder);
        Assert.Equal(499, (int)again.Find("/subscriptions/s/resourcegroups/G")!["n"]!);
    }

    [Fact]
    public void Two_processes_cannot_share_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        using var first = new ArmStore(folder);

        var problem = Assert.Throws<InvalidOperationException>(() => new ArmStore(folder));

        Assert.Contains("Another sandbox uses", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hundreds_of_requests_at_once_leave_every_resource_whole()
    {
        await using var host = await ArmHost.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 400).Select(number => host.CallAsync("PUT", $"{host.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-{number % 100:000}", new { location = "westeurope", tags = new { n = $"{number}" } })));
        var list = await host.CallAsync("GET", $"{host.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities");

        Assert.Equal(100, replies.Count(reply => reply.Status == 201));
        Assert.Equal(300, replies.Count(reply => reply.Status == 200));
        Assert.Equal(100, list.Body!["value"]!.AsArray().Select(item => (string?)item!["properties"]!["principalId"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Other_planes_put_and_take_things_past_the_rules()
    {
        using var store = new ArmStore(Directory.CreateTempSubdirectory("arm-").FullName);
        const string id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/secrets/one";
        store.Put(id, new() { ["name"] = "one" }, new() { ["properties"] = new JsonObject { ["value"] = "hush" } });

        var hidden = store.FindHidden(id.ToUpperInvariant());
        store.Remove("/subscriptions/s/resourceGroups/rg");

        Assert.Equal("hush", (string?)hidden!["properties"]!["value"]);
        Assert.Null(store.Find(id));
    }
}
