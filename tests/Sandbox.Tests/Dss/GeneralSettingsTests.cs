using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>The document that everybody replaces as a whole.</summary>
public sealed class GeneralSettingsTests
{
    private const string Path = "admin/general-settings";

    [Fact]
    public async Task What_is_written_is_read_again_also_after_a_restart()
    {
        await using var dss = await TestDss.StartAsync();
        var settings = await dss.MustAsync("GET", Path);
        settings["containerSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "aks", ["repositoryURL"] = "acr.azurecr.io" });

        var answer = await dss.AskAsync("PUT", Path, settings);
        await dss.RestartAsync();
        var config = (await dss.MustAsync("GET", Path))["containerSettings"]!["executionConfigs"]![0]!;

        Assert.Equal((200, null), answer);
        Assert.Equal("acr.azurecr.io", (string?)config["repositoryURL"]);
        Assert.Equal(-1, (int)config["kubernetesResources"]!["memRequestMB"]!);
        Assert.Equal("NONE", (string?)config["prePushMode"]);
    }

    [Fact]
    public async Task An_unknown_key_vanishes_without_a_word_unless_that_habit_is_off()
    {
        await using var dss = await TestDss.StartAsync();
        var settings = await dss.MustAsync("GET", Path);
        settings["fantasy"] = 1;
        settings["sparkSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "k8s", ["numberOfHorses"] = 2 });

        await dss.MustAsync("PUT", Path, settings);
        var dropped = await dss.MustAsync("GET", Path);
        dss.Behave("keep-unknown");
        await dss.MustAsync("PUT", Path, settings);
        var kept = await dss.MustAsync("GET", Path);

        Assert.Null(dropped["fantasy"]);
        Assert.Null(dropped["sparkSettings"]!["executionConfigs"]![0]!["numberOfHorses"]);
        Assert.Equal(1, (int)kept["fantasy"]!);
        Assert.Equal(2, (int)kept["sparkSettings"]!["executionConfigs"]![0]!["numberOfHorses"]!);
    }

    [Fact]
    public async Task Dss_15_drops_the_flat_fields_and_wants_a_known_image_build_configuration()
    {
        await using var dss = await TestDss.StartAsync("15.0.0");
        var settings = await dss.MustAsync("GET", Path);
        var containers = settings["containerSettings"]!;
        containers["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "aks", ["repositoryURL"] = "acr.azurecr.io", ["kubernetesNamespace"] = "dss", ["imageBuildConfig"] = "images" });

        var refused = await dss.AskAsync("PUT", Path, settings);
        containers["buildConfigs"] = new JsonArray(new JsonObject { ["name"] = "images", ["type"] = "KUBERNETES" });
        await dss.MustAsync("PUT", Path, settings);
        var seen = (await dss.MustAsync("GET", Path))["containerSettings"]!;

        Assert.Equal(400, refused.Status);
        Assert.Contains("unknown image build configuration", (string?)refused.Body!["message"], StringComparison.Ordinal);
        Assert.Null(seen["executionConfigs"]![0]!["repositoryURL"]);
        Assert.Null(seen["executionConfigs"]![0]!["kubernetesNamespace"]);
        Assert.NotNull(seen["executionConfigs"]![0]!["kubernetesRuntimeConfig"]!["kubernetesResources"]);
        Assert.Null(seen["buildConfigs"]![0]!["type"]);
    }

    [Fact]
    public async Task Dss_14_knows_no_build_configurations()
    {
        await using var dss = await TestDss.StartAsync("14.4.0");
        var settings = await dss.MustAsync("GET", Path);

        settings["containerSettings"]!["buildConfigs"] = new JsonArray(new JsonObject { ["name"] = "images" });
        await dss.MustAsync("PUT", Path, settings);

        Assert.Null((await dss.MustAsync("GET", Path))["containerSettings"]!["buildConfigs"]);
    }

    [Fact]
    public async Task The_last_writer_wins()
    {
        await using var dss = await TestDss.StartAsync();
        var mine = await dss.MustAsync("GET", Path);
        var theirs = await dss.MustAsync("GET", Path);

        mine["maxRunningActivities"] = 7;
        theirs["graphicsExportsEnabled"] = true;
        await dss.MustAsync("PUT", Path, mine);
        await dss.MustAsync("PUT", Path, theirs);
        var seen = await dss.MustAsync("GET", Path);

        Assert.Equal(5, (int)seen["maxRunningActivities"]!);
        Assert.True((bool)seen["graphicsExportsEnabled"]!);
    }

    [Theory]
    [InlineData("", "e:AES:")]
    [InlineData("redact-secrets", "********")]
    [InlineData("empty-secrets", "")]
    [InlineData("absent-secrets", null)]
    public async Task A_secret_comes_back_as_the_habits_say_and_survives_the_way_back(string habits, string? shown)
    {
        await using var dss = await TestDss.StartAsync(habits: habits);
        var settings = await dss.MustAsync("GET", Path);
        settings["sparkSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "k8s", ["conf"] = new JsonArray(Conf("plain", secret: false), Conf("hidden", secret: true)) });

        await dss.MustAsync("PUT", Path, settings);
        var first = await dss.MustAsync("GET", Path);
        await dss.MustAsync("PUT", Path, first);
        dss.Behave("");
        var kept = await dss.MustAsync("GET", Path);

        var conf = first["sparkSettings"]!["executionConfigs"]![0]!["conf"]!;
        Assert.Equal("plain-value", (string?)conf[0]!["value"]);
        if (shown == "e:AES:") Assert.StartsWith(shown, (string?)conf[1]!["value"], StringComparison.Ordinal);
        else Assert.Equal(shown, (string?)conf[1]!["value"]);
        Assert.StartsWith("e:AES:", (string?)kept["sparkSettings"]!["executionConfigs"]![0]!["conf"]![1]!["value"], StringComparison.Ordinal);
    }

    private static JsonObject Conf(string key, bool secret) => new() { ["key"] = key, ["value"] = $"{key}-value", ["secret"] = secret };
}
