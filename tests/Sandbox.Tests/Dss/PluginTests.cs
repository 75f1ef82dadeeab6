using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Plugins from everywhere, their settings, and their code environments.</summary>
public sealed class PluginTests
{
    private const string Settings = "plugins/aks-clusters/settings";

    [Fact]
    public async Task The_store_gives_a_plugin_once()
    {
        await using var dss = await TestDss.StartAsync();

        var first = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", "plugins/actions/installFromStore", new { pluginId = "aks-clusters" }));
        var again = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", "plugins/actions/installFromStore", new { pluginId = "aks-clusters" }));
        var list = await dss.MustAsync("GET", "plugins/");

        Assert.True((bool)first["success"]!);
        Assert.Equal("3.1.0", (string?)first["pluginDesc"]!["version"]);
        Assert.False((bool)again["success"]!);
        Assert.Contains("already installed", again.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("aks-clusters", (string?)list[0]!["id"]);
    }

    [Theory]
    [InlineData("", "result")]
    [InlineData("failures-as-messages", "messages")]
    [InlineData("failures-as-status", "status")]
    public async Task A_store_out_of_reach_is_told_in_three_ways(string habits, string form)
    {
        await using var dss = await TestDss.StartAsync(habits: $"no-store,inline-futures,{habits}");

        var (status, body) = await dss.AskAsync("POST", "plugins/actions/installFromStore", new { pluginId = "aks-clusters" });

        Assert.Equal(form == "status" ? 500 : 200, status);
        Assert.Contains("Connection timed out", body!.ToJsonString(), StringComparison.Ordinal);
        if (form == "result") Assert.NotNull(body["result"]!["installationError"]!["message"]);
        if (form == "messages") Assert.True((bool)body["result"]!["messages"]!["error"]!);
    }

    [Fact]
    public async Task An_older_one_from_a_zip_is_updated_from_git()
    {
        await using var dss = await TestDss.StartAsync();

        var zip = await UploadAsync(dss, "plugins/actions/installFromZip", Zip("aks-clusters", "3.0.0"));
        var git = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", "plugins/aks-clusters/actions/updateFromGit", new { gitRepositoryUrl = "https://git.example.com/mirror/dss-plugin-aks-clusters.git", gitCheckout = "v3.1.0", gitSubpath = (string?)null }));
        var unknown = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", "plugins/aks-clusters/actions/updateFromGit", new { gitRepositoryUrl = "https://git.example.com/mirror/dss-plugin-aks-clusters.git", gitCheckout = "v9" }));
        var garbage = await UploadAsync(dss, "plugins/aks-clusters/actions/updateFromZip", Encoding.UTF8.GetBytes("no zip"));

        Assert.Equal("3.0.0", (string?)zip["pluginDesc"]!["version"]);
        Assert.Equal("3.1.0", (string?)git["pluginDesc"]!["version"]);
        Assert.Contains("did not match any", unknown.ToJsonString(), StringComparison.Ordinal);
        Assert.False((bool)garbage["success"]!);
    }

    [Theory]
    [InlineData("", "parameter-set-aks-clusters-connection-info")]
    [InlineData("opaque-types", null)]
    public async Task Presets_are_kept_under_the_type_that_the_instance_tells(string habits, string? known)
    {
        await using var dss = await InstalledAsync(habits);
        var settings = await dss.MustAsync("GET", Settings);
        var type = (string)settings["accessibleParameterSetDescs"]!.AsArray().Single(set => (string?)set!["id"] == "connection-info")!["elementType"]!;

        settings["presets"] = new JsonArray(Preset("AKS", type, "hush"));
        await dss.MustAsync("POST", Settings, settings);
        var kept = await dss.MustAsync("GET", Settings);
        settings["presets"] = new JsonArray(Preset("AKS", type, "x"), Preset("AKS", type, "y"));
        var twice = await dss.AskAsync("POST", Settings, settings);
        settings["presets"] = new JsonArray(Preset("AKS", "parameter-set-guessed", "x"));
        var guessed = await dss.AskAsync("POST", Settings, settings);

        if (known is not null) Assert.Equal(known, type);
        else Assert.DoesNotContain("aks", type, StringComparison.Ordinal);
        Assert.StartsWith("e:AES:", (string?)kept["presets"]![0]!["config"]!["password"], StringComparison.Ordinal);
        Assert.Equal("c", (string?)kept["presets"]![0]!["config"]!["clientId"]);
        Assert.Equal([400, 400], [twice.Status, guessed.Status]);
    }

    [Fact]
    public async Task A_code_environment_is_built_and_one_that_cannot_be_leaves_its_log()
    {
        await using var dss = await InstalledAsync("code-env-fails");
        const string Create = "plugins/aks-clusters/code-env/actions/create";
        var wish = new { deploymentMode = "PLUGIN_MANAGED", conda = false, pythonInterpreter = "PYTHON311" };

        var failed = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", Create, wish));
        var broken = await dss.AskAsync("GET", "admin/code-envs/PYTHON/plugin_aks-clusters_managed");
        var logs = await dss.MustAsync("GET", "admin/code-envs/PYTHON/plugin_aks-clusters_managed/logs");
        var log = await dss.TextAsync($"admin/code-envs/PYTHON/plugin_aks-clusters_managed/logs/{(string)logs[0]!["name"]!}");
        dss.Behave("");
        var made = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", Create, wish));
        var wrong = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", Create, wish with { pythonInterpreter = "PYTHON312" }));

        Assert.True((bool)failed["messages"]!["error"]!);
        Assert.Equal(500, broken.Status);
        Assert.Contains("Not a file", (string?)broken.Body!["message"], StringComparison.Ordinal);
        Assert.Contains("No matching distribution", log, StringComparison.Ordinal);
        Assert.StartsWith("plugin_aks-clusters_", (string?)made["envName"], StringComparison.Ordinal);
        Assert.False((bool)made["messages"]!["error"]!);
        Assert.Contains("does not accept PYTHON312", wrong.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((string?)made["envName"], (string?)(await dss.MustAsync("GET", "admin/code-envs/"))[0]!["envName"]);
    }

    private static async Task<TestDss> InstalledAsync(string habits = "")
    {
        var dss = await TestDss.StartAsync(habits: habits);
        await DssTasks.EndAsync(dss, await dss.MustAsync("POST", "plugins/actions/installFromStore", new { pluginId = "aks-clusters" }));
        return dss;
    }

    private static JsonObject Preset(string name, string type, string password) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["config"] = new JsonObject { ["tenantId"] = "t", ["clientId"] = "c", ["password"] = password },
        ["pluginConfig"] = new JsonObject(),
        ["defaultPermission"] = new JsonObject { ["use"] = true },
        ["permissions"] = new JsonArray(),
    };

    private static byte[] Zip(string id, string version)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "dss-plugin/plugin.json", $$"""{"id":"{{id}}","version":"{{version}}","meta":{"label":"{{id}}"} }""");
            Add(zip, "dss-plugin/parameter-sets/node-pool-request/parameter-set.json", """{"params":[{"name":"vmSize","type":"STRING"},{"name":"s","type":"SEPARATOR"}]}""");
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        entry.Write(text);
    }

    private static async Task<JsonNode> UploadAsync(TestDss dss, string path, byte[] zip)
    {
        using var client = new HttpClient();
        using var file = new MultipartFormDataContent { { new ByteArrayContent(zip), "file", "plugin.zip" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(dss.Address, $"public/api/{path}")) { Content = file };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", dss.AdminKey);
        using var answer = await client.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
