using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Base images go where the general settings say, by the machine's docker.</summary>
public sealed class ContainerTests
{
    private const string Push = "admin/container-exec/actions/push-base-images";

    [Theory]
    [InlineData("13.5.5")]
    [InlineData("15.0.0")]
    public async Task Each_base_image_is_tagged_and_pushed_to_its_registry(string version)
    {
        using var folder = new TemporaryFolder();
        await using var dss = await StartAsync(folder, version, "exit 0");
        var settings = await dss.MustAsync("GET", "admin/general-settings");
        Configure(settings, version.StartsWith("15", StringComparison.Ordinal));
        await dss.MustAsync("PUT", "admin/general-settings", settings);
        var id = (string)(await dss.MustAsync("GET", "instance-info"))["installId"]!;

        var result = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", Push));
        var asked = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "asked"));

        Assert.False((bool)result["messages"]!["error"]!);
        Assert.Equal(
            [
                $"tag dku-exec-base-{id}:dss-{version} acr.azurecr.io/dku-exec-base-{id}:dss-{version}",
                $"push acr.azurecr.io/dku-exec-base-{id}:dss-{version}",
                $"tag dku-spark-base-{id}:dss-{version} acr.azurecr.io/dku-spark-base-{id}:dss-{version}",
                $"push acr.azurecr.io/dku-spark-base-{id}:dss-{version}",
            ],
            asked);
    }

    [Fact]
    public async Task A_push_that_fails_says_what_docker_said()
    {
        using var folder = new TemporaryFolder();
        await using var dss = await StartAsync(folder, "13.5.5", "[ \"$1\" != push ] || { echo 'denied: requested access to the resource is denied' >&2; exit 1; }");
        var settings = await dss.MustAsync("GET", "admin/general-settings");
        Configure(settings, isSplit: false);
        await dss.MustAsync("PUT", "admin/general-settings", settings);

        var result = await DssTasks.EndAsync(dss, await dss.MustAsync("POST", Push));

        Assert.True((bool)result["messages"]!["error"]!);
        Assert.Equal("ERR_CONTAINER_IMAGE_PUSH_FAILED", (string?)result["messages"]!["messages"]![0]!["code"]);
        Assert.Contains("requested access to the resource is denied", result.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<TestDss> StartAsync(TemporaryFolder folder, string version, string script)
    {
        var docker = Path.Combine(folder.Path, "docker");
        await File.WriteAllTextAsync(docker, $"#!/bin/sh\necho \"$*\" >>{folder.Path}/asked\n{script}\n");
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = version, Docker = docker });
    }

    private static void Configure(JsonNode settings, bool isSplit)
    {
        var push = new JsonObject { ["repositoryURL"] = "acr.azurecr.io", ["prePushMode"] = "NONE" };
        var (execution, spark) = (new JsonObject { ["name"] = "aks" }, new JsonObject { ["name"] = "k8s", ["kubernetesSettings"] = new JsonObject { ["managedKubernetes"] = true } });
        if (isSplit)
        {
            settings["containerSettings"]!["buildConfigs"] = new JsonArray(new JsonObject { ["name"] = "images", ["dockerBuilderConfig"] = new JsonObject { ["pushConfigs"] = new JsonArray(push) } });
            (execution["imageBuildConfig"], spark["imageBuildConfig"]) = ("images", "images");
        }
        else
        {
            execution["repositoryURL"] = "acr.azurecr.io";
            spark["kubernetesSettings"]!["repositoryURL"] = "acr.azurecr.io";
        }

        settings["containerSettings"]!["executionConfigs"] = new JsonArray(execution);
        settings["sparkSettings"]!["executionConfigs"] = new JsonArray(spark);
    }
}
