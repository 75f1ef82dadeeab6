using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Why a recipe cannot run in a container.</summary>
public sealed class JobTests
{
    [Theory]
    [InlineData("", "INHERIT", "no container configuration is selected")]
    [InlineData("aks", "NONE", "no container configuration is selected")]
    [InlineData("other", "INHERIT", "ERR_CONTAINER_CONF_NOT_FOUND")]
    [InlineData("aks", "INHERIT", "No default Kubernetes cluster selected")]
    public async Task What_is_missing_is_in_the_log_of_the_job(string usual, string mode, string told)
    {
        await using var dss = await TestDss.StartAsync();
        await PrepareAsync(dss, usual, mode);

        Assert.Contains(told, await LogAsync(dss), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_gone_or_not_running_is_told()
    {
        await using var dss = await TestDss.StartAsync();
        await PrepareAsync(dss, "aks", "INHERIT");
        var project = await dss.MustAsync("GET", "projects/OPS/settings");
        project["settings"]!["k8sCluster"] = new JsonObject { ["clusterMode"] = "EXPLICIT_CLUSTER", ["clusterId"] = "aks1" };
        await dss.MustAsync("PUT", "projects/OPS/settings", project);

        var gone = await LogAsync(dss);
        await dss.MustAsync("POST", "admin/clusters/", new { name = "aks1", type = "manual" });
        var off = await LogAsync(dss);
        var nobody = await dss.AskAsync("POST", "projects/OPS/jobs/", new { outputs = new[] { new { id = "other" } } });

        Assert.Contains("The selected cluster aks1 does not exist", gone, StringComparison.Ordinal);
        Assert.Contains("The cluster aks1 is not running", off, StringComparison.Ordinal);
        Assert.Equal(400, nobody.Status);
    }

    private static async Task PrepareAsync(TestDss dss, string usual, string mode)
    {
        var settings = await dss.MustAsync("GET", "admin/general-settings");
        settings["containerSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "aks", ["repositoryURL"] = "acr.azurecr.io" });
        settings["containerSettings"]!["defaultExecutionConfig"] = usual;
        await dss.MustAsync("PUT", "admin/general-settings", settings);
        await dss.MustAsync("POST", "projects/", new { projectKey = "OPS", name = "Ops", owner = "admin" });
        await dss.MustAsync("POST", "projects/OPS/recipes/", new
        {
            recipePrototype = new { type = "python", name = "probe", outputs = new { main = new { items = new[] { new { @ref = "out" } } } } },
            creationSettings = new { script = "print('hello')" },
        });
        var recipe = await dss.MustAsync("GET", "projects/OPS/recipes/probe");
        recipe["recipe"]!["params"]!["containerSelection"]!["containerMode"] = mode;
        await dss.MustAsync("PUT", "projects/OPS/recipes/probe", recipe);
    }

    private static async Task<string> LogAsync(TestDss dss)
    {
        var job = (string)(await dss.MustAsync("POST", "projects/OPS/jobs/", new { type = "NON_RECURSIVE_FORCED_BUILD", outputs = new[] { new { id = "out", type = "MANAGED_FOLDER" } } }))["id"]!;
        for (var look = 0; look < 2000; look++)
        {
            var state = (string?)(await dss.MustAsync("GET", $"projects/OPS/jobs/{job}/"))["baseStatus"]!["state"];
            if (state == "FAILED") return await dss.TextAsync($"projects/OPS/jobs/{job}/log");
            Assert.Equal("RUNNING", state);
        }

        throw new InvalidOperationException($"The job {job} does not end.");
    }
}
