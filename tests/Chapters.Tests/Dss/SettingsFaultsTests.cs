using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The general settings are written by a DSS that throttles, fails, cuts answers and loses them, while somebody else writes too.</summary>
public sealed class SettingsFaultsTests
{
    private const string General = "admin/general-settings";

    [Theory]
    [InlineData("429@GET *general-settings times=2 retry-after=1 on=dss; 429@PUT * times=1 retry-after=1 on=dss")]
    [InlineData("502@GET *general-settings times=2 on=dss; 503@PUT *general-settings times=1 on=dss")]
    [InlineData("500@GET *general-settings times=1 on=dss; 500@PUT *variables* times=1 on=dss")]
    [InlineData("drop-before@PUT *general-settings times=1 on=dss; drop-before@GET *variables* times=1 on=dss")]
    [InlineData("drop-after@PUT *general-settings times=1 on=dss; drop-after@PUT *variables* times=1 on=dss")]
    [InlineData("cut@GET *general-settings times=2 on=dss")]
    [InlineData("stale@GET *general-settings times=1 on=dss")]
    public async Task What_is_wished_arrives_and_what_others_wrote_stays(string faults)
    {
        var manifest = SettingsKinds.Read(SettingsKinds.Split);
        await using var stage = await DssStage.StartAsync("", SettingsKinds.Split);
        await stage.BendAsync(General, settings => settings["containerSettings"]!["executionConfigs"]!.AsArray().Add(Json.Of(new { name = "theirs", type = "KUBERNETES" })));
        stage.Server.Faults.Add(faults);

        var failures = await stage.MakeAsync(new ConfigureContainersTask(stage.Client(), DssStage.Vault).Declare(manifest));
        var last = await stage.PlanAsync(new ConfigureContainersTask(stage.Client(), DssStage.Vault).Declare(manifest));
        var names = (await stage.SeeAsync(General))!["containerSettings"]!["executionConfigs"]!.AsArray().Select(config => config!["name"]!.ToString()).Order();

        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal(["large", "small", "theirs"], names);
    }
}
