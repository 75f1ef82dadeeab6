using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>Policies of namespaces: written into the settings, and brought to the clusters that run.</summary>
public sealed class NamespacePoliciesTests
{
    private const string General = "admin/general-settings";

    private const string Id = "dss/namespacePolicies/demo";

    [Theory]
    [InlineData("")]
    [InlineData("inline-futures")]
    [InlineData("looks=3")]
    public async Task They_are_brought_kept_and_brought_again_when_somebody_changes_them(string habits)
    {
        await using var stage = await DssStage.StartAsync(habits);

        var failures = await stage.MakeAsync(Policies(stage, 2));
        var second = await stage.PlanAsync(Policies(stage, 2));
        await stage.BendAsync(General, settings => settings["k8sPoliciesSettings"]!["policies"]!.AsArray().Clear());
        var bent = await stage.PlanAsync(Policies(stage, 2));
        var repairFailures = await stage.MakeAsync(Policies(stage, 2));
        var changed = await stage.PlanAsync(Policies(stage, 5));
        var changeFailures = await stage.MakeAsync(Policies(stage, 5));
        var last = await stage.PlanAsync(Policies(stage, 5));

        Assert.Equal(("", "", ""), (failures, repairFailures, changeFailures));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal($"dss/generalSettings/demo/k8sPoliciesSettings/policies {Id}/clusters", DssPromisesTests.Paths(bent));
        Assert.Equal($"dss/generalSettings/demo/k8sPoliciesSettings/policies {Id}/wish", DssPromisesTests.Paths(changed));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        // Brought before they were written, the plans after would not be empty.
        Assert.Equal(3, Brought(stage));
    }

    [Fact]
    public async Task Killed_at_any_request_the_next_run_brings_them()
    {
        for (var requests = 1; ; requests++)
        {
            await using var stage = await DssStage.StartAsync();
            stage.Clock = new SkippingClock();

            var killed = await stage.MakeAsync(Policies(stage, 2, requests));
            var next = await stage.MakeAsync(Policies(stage, 2));
            var last = await stage.PlanAsync(Policies(stage, 2));

            Assert.True(next is "", $"after request {requests}: {next}");
            Assert.True(last.IsEmpty, $"after request {requests}: {DssPromisesTests.Paths(last)}");
            Assert.InRange(Brought(stage), 1, 2);
            if (killed is "") return;
        }
    }

    [Fact]
    public async Task What_others_change_in_the_settings_is_brought_there_too()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Policies(stage, 2)));
        await stage.BendAsync(General, settings => settings["k8sPoliciesSettings"]!["policies"]![0]!["dynamicClustersPattern"] = "aks-.*");

        var plan = await stage.PlanAsync(Policies(stage, 2));
        var failures = await stage.MakeAsync(Policies(stage, 2));

        Assert.Contains($"{Id}/clusters", DssPromisesTests.Paths(plan), StringComparison.Ordinal);
        Assert.Equal("", failures);
    }

    private static int Brought(DssStage stage) => stage.Server.Requests.Count(request => request.Method == "POST" && request.Path.EndsWith("/apply-kubernetes-policies", StringComparison.Ordinal));

    private static IEnumerable<Resource> Policies(DssStage stage, int pods, int requests = int.MaxValue)
    {
        var manifest = Everything.Read($$"""dss.settings={ k8sPoliciesSettings: { policies: [{ namespacePattern: "dssns-.*", items: [{ yaml: "kind: ResourceQuota # {{pods}} pods" }] }] } }""");
        return new ConfigureContainersTask(stage.Client(requests), DssStage.Vault).Declare(manifest).Where(resource => resource is GeneralSettings or NamespacePolicies);
    }
}
