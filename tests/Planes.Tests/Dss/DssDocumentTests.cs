using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class DssDocumentTests
{
    private static readonly string[] Owned = ["/containerSettings/executionConfigs/aks", "/containerSettings/defaultExecutionConfig"];

    [Fact]
    public async Task Ours_is_laid_over_what_others_wrote()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);

        await setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.Equal("""{"theirs":{"keep":"e:AES:x"},"containerSettings":{"executionConfigs":[{"name":"other","x":1},{"name":"aks","type":"KUBERNETES"}],"defaultExecutionConfig":"aks"}}""", server.Settings.ToJsonString());
        Assert.Equal(1, server.Puts);
    }

    [Fact]
    public async Task What_is_as_wished_already_is_safe_to_repeat()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);
        var document = setup.Dss.Document("admin/general-settings");

        await document.ChangeAsync(Overlay, Owned, CancellationToken.None);
        var once = server.Settings.ToJsonString();
        await document.ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.Equal(once, server.Settings.ToJsonString());
    }

    [Fact]
    public async Task Everything_that_DSS_drops_is_named_at_once()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start) { Bend = Dropping };

        var problem = await DssSetup.ProblemOf(() => setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None));

        Assert.Equal("DSS dropped settings", problem.Summary);
        Assert.Contains("/containerSettings/executionConfigs/aks/type, /containerSettings/defaultExecutionConfig", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("e:AES:x", (string?)server.Settings["theirs"]!["keep"]);

        static JsonObject Dropping(JsonObject body)
        {
            ((JsonObject)body["containerSettings"]!).Remove("defaultExecutionConfig");
            foreach (var one in body["containerSettings"]!["executionConfigs"]!.AsArray().OfType<JsonObject>()) one.Remove("type");
            return body;
        }
    }

    [Fact]
    public async Task What_is_to_go_and_stays_is_named()
    {
        await using var setup = await DssSetup.StartAsync();
        _ = new SettingsServer(setup.Remote, Start) { Bend = _ => Start };

        var problem = await DssSetup.ProblemOf(() => setup.Dss.Document("admin/general-settings").ChangeAsync(body => body["containerSettings"]!["executionConfigs"]!.AsArray().Clear(), ["/containerSettings/executionConfigs/other"], CancellationToken.None));

        Assert.Contains("/containerSettings/executionConfigs/other", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_one_document_wait_for_each_other()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            setup.Dss.Document("/admin/general-settings").ChangeAsync(body => body[$"ours{number}"] = number, [$"/ours{number}"], CancellationToken.None)));

        Assert.All(Enumerable.Range(0, 20), number => Assert.Equal(number, (int?)server.Settings[$"ours{number}"]));
        Assert.Equal(20, server.Puts);
    }

    [Fact]
    public async Task All_looks_of_a_walk_share_one_answer()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);
        var document = setup.Dss.Document("admin/general-settings");

        var seen = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => document.ReadAsync(CancellationToken.None)));
        seen[0]!["theirs"] = "spoilt";
        var once = setup.Remote.Asked.Count;
        server.Change(settings => settings["new"] = 1);
        var stale = await document.ReadAsync(CancellationToken.None);
        setup.Dss.LookAnew();
        var fresh = await document.ReadAsync(CancellationToken.None);

        Assert.Equal(1, once);
        Assert.Equal("e:AES:x", (string?)stale!["theirs"]!["keep"]);
        Assert.False(stale.ContainsKey("new"));
        Assert.Equal(1, (int?)fresh!["new"]);
    }

    [Fact]
    public async Task What_was_written_is_looked_at_as_it_is_by_then()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);
        var document = setup.Dss.Document("admin/general-settings");
        await document.ReadAsync(CancellationToken.None);

        await document.ChangeAsync(Overlay, Owned, CancellationToken.None);
        var asked = setup.Remote.Asked.Count;
        var first = await document.ReadAsync(CancellationToken.None);
        var afterFirst = setup.Remote.Asked.Count;
        server.Change(settings => settings["later"] = true);
        var second = await document.ReadAsync(CancellationToken.None);

        Assert.Equal("aks", (string?)first!["containerSettings"]!["defaultExecutionConfig"]);
        Assert.Equal(asked, afterFirst);
        Assert.True((bool?)second!["later"]);
    }

    [Fact]
    public async Task A_look_that_failed_is_not_shared()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", SettingsServer.Path, DssSetup.Error(400, "", "no"), new Reply(200, """{"a": 1}"""));
        var document = setup.Dss.Document("admin/general-settings");

        await DssSetup.ProblemOf(() => document.ReadAsync(CancellationToken.None));

        Assert.Equal(1, (int?)(await document.ReadAsync(CancellationToken.None))!["a"]);
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_nothing_for_a_look_and_a_problem_for_a_change()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(404, "", "project not found");
        var document = setup.Dss.Document("projects/X/settings");

        Assert.Null(await document.ReadAsync(CancellationToken.None));
        Assert.Equal("DSS lacks a document", (await DssSetup.ProblemOf(() => document.ChangeAsync(Overlay, Owned, CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task A_write_whose_answer_got_lost_is_never_sent_again_as_it_was()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);
        server.Fate = put => put == 1 ? Reply.Drop : null;
        server.AfterPut = (put, settings) => { if (put == 1) settings["afterTheLostAnswer"] = true; };

        await setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.True((bool?)server.Settings["afterTheLostAnswer"]);
        Assert.Equal("aks", (string?)server.Settings["containerSettings"]!["defaultExecutionConfig"]);
    }

    [Fact]
    public async Task A_document_that_never_rests_is_waited_for_longer_and_longer_and_never_written_unguarded()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start) { Before = (request, settings) => settings["seen"] = request };

        var problem = await DssSetup.ProblemOf(() => setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None));

        Assert.Equal("Somebody writes the same document of DSS without end", problem.Summary);
        Assert.Contains("admin/general-settings was another one at each look for some minutes; last these changed: /seen.", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.Puts);
        Assert.Equal([1, 2, 4, 8, 15, 15], setup.Clock.Seconds.Take(6));
        Assert.InRange(setup.Clock.Seconds.Sum(), 180, 200);
    }

    [Fact]
    public async Task A_document_that_rests_in_the_end_is_written_over_what_came_last()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start) { Before = (request, settings) => settings["seen"] = Math.Min(request, 15) };

        await setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.Equal(15, (int?)server.Settings["seen"]);
        Assert.Equal("aks", (string?)server.Settings["containerSettings"]!["defaultExecutionConfig"]);
    }

    [Fact]
    public async Task A_DSS_that_encrypts_anew_for_each_look_is_not_taken_for_somebody_who_writes()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start) { Before = (request, settings) => settings["theirs"]!["keep"] = $"e:AES:{request}" };

        await setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.Equal(1, server.Puts);
        Assert.StartsWith("e:AES:", (string?)server.Settings["theirs"]!["keep"], StringComparison.Ordinal);
        Assert.Equal([1, 2], setup.Clock.Seconds);
    }

    [Fact]
    public async Task Somebody_who_saves_an_older_copy_once_does_not_win()
    {
        await using var setup = await DssSetup.StartAsync();
        var server = new SettingsServer(setup.Remote, Start);
        server.AfterPut = (put, settings) => { if (put == 1) settings.Remove("containerSettings"); };

        await setup.Dss.Document("admin/general-settings").ChangeAsync(Overlay, Owned, CancellationToken.None);

        Assert.Equal("aks", (string?)server.Settings["containerSettings"]!["defaultExecutionConfig"]);
    }

    [Fact]
    public async Task Settings_of_plugins_are_posted()
    {
        await using var setup = await DssSetup.StartAsync();
        var settings = new JsonObject { ["presets"] = new JsonArray() };
        setup.Remote.On("GET", $"{DssSetup.Api}plugins/aks-clusters/settings", _ => new Reply(200, settings.ToJsonString()));
        setup.Remote.On("POST", $"{DssSetup.Api}plugins/aks-clusters/settings", asked => { settings = (JsonObject)JsonNode.Parse(asked.Body)!; return new Reply(200); });

        await setup.Dss.Document("plugins/aks-clusters/settings", DssWriting.Post).ChangeAsync(body => body["codeEnvName"] = "e", ["/codeEnvName"], CancellationToken.None);

        Assert.Equal("e", (string?)settings["codeEnvName"]);
    }

    private static JsonObject Start => (JsonObject)JsonNode.Parse("""{"theirs": {"keep": "e:AES:x"}, "containerSettings": {"executionConfigs": [{"name": "other", "x": 1}], "defaultExecutionConfig": ""}}""")!;

    private static void Overlay(JsonObject body)
    {
        if (body["containerSettings"] is not JsonObject settings) body["containerSettings"] = settings = new JsonObject();
        if (settings["executionConfigs"] is not JsonArray configs) settings["executionConfigs"] = configs = [];
        var ours = configs.FirstOrDefault(one => one!["name"]!.ToString() == "aks");
        if (ours is not null) configs.Remove(ours);
        configs.Add(Json.Of(new { name = "aks", type = "KUBERNETES" }));
        settings["defaultExecutionConfig"] = "aks";
    }
}
