using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Projects, who may use them, and their folders.</summary>
public sealed class ProjectTests
{
    [Fact]
    public async Task A_project_inherits_its_cluster_until_it_is_told_and_its_tags_are_sorted()
    {
        await using var dss = await TestDss.StartAsync();
        await dss.MustAsync("POST", "projects/", New("SALES"));

        var settings = await dss.MustAsync("GET", "projects/SALES/settings");
        var first = settings.DeepClone();
        settings["settings"]!["k8sCluster"] = new JsonObject { ["clusterMode"] = "EXPLICIT_CLUSTER", ["clusterId"] = "aks1" };
        await dss.MustAsync("PUT", "projects/SALES/settings", settings);
        await dss.RestartAsync();
        var second = await dss.MustAsync("GET", "projects/SALES/settings");
        var summary = await dss.MustAsync("GET", "projects/SALES");

        Assert.Equal("INHERIT", (string?)first["settings"]!["k8sCluster"]!["clusterMode"]);
        Assert.Equal("INHERIT", (string?)first["settings"]!["container"]!["containerMode"]);
        Assert.Equal("aks1", (string?)second["settings"]!["k8sCluster"]!["clusterId"]);
        Assert.Equal("""["a","b"]""", summary["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task What_nobody_knows_is_not_found_and_what_is_taken_is_refused()
    {
        await using var dss = await TestDss.StartAsync();
        await dss.MustAsync("POST", "projects/", New("SALES"));

        Assert.Equal(404, (await dss.AskAsync("GET", "projects/NONE/settings")).Status);
        Assert.Equal(404, (await dss.AskAsync("GET", "admin/groups/none")).Status);
        Assert.Equal(404, (await dss.AskAsync("GET", "admin/users/none")).Status);
        Assert.Equal(400, (await dss.AskAsync("POST", "projects/", New("SALES"))).Status);
        Assert.Equal(400, (await dss.AskAsync("POST", "projects/", New("no-hyphens"))).Status);
        dss.Behave("500-for-missing");
        Assert.Equal(500, (await dss.AskAsync("GET", "projects/NONE/settings")).Status);
    }

    [Fact]
    public async Task Rights_of_a_group_are_written_after_it_is_made()
    {
        await using var dss = await TestDss.StartAsync();

        await dss.MustAsync("POST", "admin/groups/", new { name = "data", description = "Data", sourceType = "LOCAL", mayManageClusters = true });
        var made = await dss.MustAsync("GET", "admin/groups/data");
        var before = (bool)made["mayManageClusters"]!;
        made["mayManageClusters"] = true;
        await dss.MustAsync("PUT", "admin/groups/data", made);
        await dss.MustAsync("POST", "admin/users/", new { login = "ann", password = "hush", displayName = "Ann", groups = new[] { "data" }, sourceType = "LOCAL", userProfile = "DESIGNER" });
        var user = await dss.MustAsync("GET", "admin/users/ann");

        Assert.False(before);
        Assert.True((bool)(await dss.MustAsync("GET", "admin/groups/data"))["mayManageClusters"]!);
        Assert.Equal("""["data"]""", user["groups"]!.ToJsonString());
        Assert.DoesNotContain("hush", user.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_put_into_a_folder_lies_in_the_storage_and_is_read_back()
    {
        await using var world = await DssStorage.StartAsync();
        await world.ConnectWithKeyAsync();
        await world.Dss.MustAsync("POST", "projects/", New("SALES"));

        var folder = (string)(await world.Dss.MustAsync("POST", "projects/SALES/managedfolders/", new JsonObject { ["name"] = "proof", ["params"] = new JsonObject { ["connection"] = "adls", ["path"] = "/${projectKey}/${odbId}" } }))["id"]!;
        await UploadAsync(world.Dss, $"projects/SALES/managedfolders/{folder}/contents/", "probe one.txt", "written by a test");
        var contents = await world.Dss.MustAsync("GET", $"projects/SALES/managedfolders/{folder}/contents");
        var (status, text) = await DownloadAsync(world.Dss, $"projects/SALES/managedfolders/{folder}/contents/probe%20one.txt");
        var blob = await BlobAsync(world, $"SALES/{folder}/probe one.txt");
        await world.Dss.MustAsync("DELETE", $"projects/SALES/managedfolders/{folder}/contents/probe%20one.txt");

        Assert.Equal("/probe one.txt", (string?)contents["items"]![0]!["path"]);
        Assert.Equal((200, "written by a test"), (status, text));
        Assert.Equal("written by a test", blob);
        Assert.Equal(404, (await world.Dss.AskAsync("GET", $"projects/SALES/managedfolders/{folder}/contents/probe%20one.txt")).Status);
    }

    [Fact]
    public async Task A_task_is_peeked_at_then_fetched_once()
    {
        await using var dss = await TestDss.StartAsync(habits: "looks=2");

        var job = (string)(await dss.MustAsync("POST", "admin/connections/filesystem_managed/sync", new { root = true }))["jobId"]!;
        var states = new List<bool>();
        for (var look = 0; look < 50 && !states.Contains(true); look++) states.Add((bool)(await dss.MustAsync("GET", $"futures/{job}?peek=True"))["hasResult"]!);
        var result = await dss.MustAsync("GET", $"futures/{job}?peek=False");
        var gone = await dss.AskAsync("GET", $"futures/{job}");
        dss.Behave("inline-futures");
        var inline = await dss.MustAsync("POST", "admin/connections/filesystem_managed/sync", new { root = true });

        Assert.True(states.Count > 2);
        Assert.False((bool)result["result"]!["error"]!);
        Assert.Equal(404, gone.Status);
        Assert.True((bool)inline["hasResult"]!);
        Assert.Null(inline["jobId"]);
    }

    private static JsonObject New(string key) => new() { ["projectKey"] = key, ["name"] = "Sales", ["owner"] = "admin", ["settings"] = null, ["description"] = null, ["permissions"] = new JsonArray(), ["tags"] = new JsonArray("b", "a") };

    private static async Task<string> BlobAsync(DssStorage world, string path)
    {
        var url = $"{world.Sandbox.Endpoints.Blob}stdss/dataiku/{path}";
        using var answer = await world.Sandbox.SendAsync(HttpMethod.Get, url, await world.Sandbox.TokenAsync(SandboxClient.Storage), null, ("x-ms-version", "2021-12-02"));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task UploadAsync(TestDss dss, string path, string name, string text)
    {
        using var client = new HttpClient();
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(dss.Address, $"public/api/{path}")) { Content = file };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", dss.AdminKey);
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(int Status, string Text)> DownloadAsync(TestDss dss, string path)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(dss.Address, $"public/api/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", dss.AdminKey);
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
