using System.Text.Json.Nodes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The entire reference architecture from nothing; then the run that changes nothing, the proofs, and the end of it all.</summary>
[TakesMinutes]
public sealed class WholeTests
{
    private const string AllKept = @"^As wished: reference has (\d+) resources, \1 kept, in ";

    [Fact]
    public async Task From_nothing_to_a_project_that_uses_its_cluster_proven_and_taken_away()
    {
        using var world = MachineWorld.Empty();
        var papers = world.Stage.PathOf("papers");

        var first = await world.RunAsync();
        var second = await world.RunAsync();
        var verify = await world.RunAsync("--target", "Verify", "--report", papers);
        var third = await world.RunAsync();
        var credentials = await world.LoginAsync("sudo ls -A ~dssuser | grep '^[.]docker$'; sudo grep -rlF identitytoken /root /home /run/dss-pipeline /var/lib/dss-pipeline 2>/dev/null; sudo find /var/lib/dss-pipeline/registry-login -mindepth 1 2>/dev/null; true");
        var destroy = await world.RunAsync("--target", "Destroy", "--confirm", "reference");

        first.Ends(0).Says("Looked again: nothing differs.");
        foreach (var made in Milestones) first.Says($"  + {made}  made in ");
        Assert.Matches(AllKept, second.Ends(0).Lines[^1]);
        Assert.DoesNotContain("Not covered yet", first.Output, StringComparison.Ordinal);
        foreach (var promise in Promises) verify.Ends(0).Says($"  ✓ {promise}  ");
        verify.Says("Proven as far as can be told: reference has 10 of 11 proofs, and 1 that could not be tried").Says("  ? Spark on Kubernetes reads and writes the connections by ABFS");
        Assert.Equal(10, (int)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(papers, "proofs.json")))!["counts"]!["proven"]!);
        Assert.Contains("| the nodes of the cluster aks-reference are ready | proven |", await File.ReadAllTextAsync(Path.Combine(papers, "proofs.md")), StringComparison.Ordinal);
        Assert.Matches(AllKept, third.Ends(0).Lines[^1]);
        Assert.Empty(credentials.Lines);
        destroy.Ends(0);
        Assert.Empty(await world.Stage.ThingsAsync());
    }

    [Fact]
    public async Task What_is_broken_is_not_proven_and_the_proofs_change_nothing()
    {
        using var world = await MachineWorld.WholeAsync();
        await world.MustAsync("id=$(sed -n 's/^installid *= *//p' $data/install.ini); docker image rm \"dku-exec-base-${id,,}:dss-14.2.0\"");
        var writes = world.Stage.Writes.Count;

        var verify = await world.RunAsync("--target", "Verify");

        verify.Ends(1).Says("  × the container-exec image is in the registry").Says("  ✓ the spark image is in the registry").Says("Promise is not kept").Says("Not proven to work: reference has 2 of 11 proofs failed");
        Assert.DoesNotContain(world.Stage.Writes.Skip(writes), write => !IsOfProof(write));
    }

    [Fact]
    public async Task What_the_proofs_cannot_remove_is_told_by_itself_and_hides_none_of_them()
    {
        using var world = await MachineWorld.WholeAsync();

        var verify = await world.RunAsync("--target", "Verify", "--faults", "403@DELETE *projects/DSSPIPELINE_PROOF_* on=dss");

        verify.Ends(1).Says("  × the proofs leave nothing behind in DSS").Says("Proof left something behind").Says("A proof made projects/DSSPIPELINE_PROOF_").Says("Not proven to work: reference has 1 of 11 proofs failed, 10 proven");
        foreach (var promise in Promises) verify.Says($"  ✓ {promise}  ");
    }

    [Fact]
    public async Task What_cannot_be_tried_is_said_and_never_assumed()
    {
        using var world = await MachineWorld.WholeAsync();

        var verify = await world.RunAsync("--target", "Verify", "--set", "aks.clusters[0].lookInside=false");

        verify.Ends(0).Says("  ? the nodes of the cluster aks-reference are ready").Says("not proven: nobody looks into this cluster").Says("Proven as far as can be told: reference has 7 of 11 proofs, and 4 that could not be tried");
    }

    [Fact]
    public async Task A_tag_that_vanished_or_was_overwritten_in_the_registry_is_pushed_again_and_what_the_account_signed_in_with_stays()
    {
        using var world = await MachineWorld.WholeAsync();
        await world.MustAsync("install -d -o dssuser -g dssuser -m 0700 ~dssuser/.docker; printf '{\"auths\":{\"other.example\":{\"auth\":\"eDp5\"}}}' >~dssuser/.docker/config.json; chown dssuser: ~dssuser/.docker/config.json");
        Directory.Delete(Path.Combine(world.Stage.World, "registries"), recursive: true);

        var plan = await world.RunAsync("--target", "Plan");
        var repaired = await world.RunAsync();
        var again = await world.RunAsync("--target", "Plan");
        var settings = await world.MustAsync("cat ~dssuser/.docker/config.json");

        plan.Ends(2).Says("  + dss/pushedImage/crreference.azurecr.io/containerExec").Says("Plan: 2 to create");
        repaired.Ends(0).Says("  + dss/pushedImage/crreference.azurecr.io/");
        again.Ends(0).Says("Nothing to do");
        Assert.Equal("""{"auths":{"other.example":{"auth":"eDp5"}}}""", settings);
    }

    [Fact]
    public async Task A_push_that_fails_is_told_leaves_no_credentials_and_is_made_up_for()
    {
        using var world = await MachineWorld.WholeAsync();
        Directory.Delete(Path.Combine(world.Stage.World, "registries"), recursive: true);

        var failed = await world.RunAsync("--faults", "500@POST *push-base-images on=dss");
        var left = await world.LoginAsync("sudo ls -A ~dssuser | grep '^[.]docker$'; true");
        var later = await world.RunAsync();

        failed.Ends(1).Says("× dss/pushedImage/crreference.azurecr.io/containerExec");
        Assert.Empty(left.Lines);
        later.Ends(0);
    }

    // Credentials of a cluster are asked for by POST; what a proof writes into a container, and the pods it runs, it removes again.
    private static bool IsOfProof(string write) => new[] { "listCluster", "DSSPIPELINE_PROOF_", "dss-pipeline-proof", "pods/dss-busybox" }.Any(word => write.Contains(word, StringComparison.Ordinal));

    private static readonly string[] Milestones =
    [
        "azure/resourceGroup/rg-reference", "azure/virtualMachine/vm-reference", "machine/dssInstance/reference", "machine/baseImage/containerExec", "dss/executionConfig/kubernetes",
        "dss/sparkConfig/spark-on-k8s", "dss/pushedImage/crreference.azurecr.io/containerExec", "dss/connection/adls-raw", "dss/plugin/aks-clusters", "dss/pluginPreset/connection-info/aks-connection",
        "dss/cluster/aks-reference", "dss/project/REFERENCE",
    ];

    private static readonly string[] Promises =
    [
        "the container-exec image is in the registry crreference.azurecr.io", "the spark image is in the registry crreference.azurecr.io",
        "the DSS connection adls-raw works", "the DSS connection adls-managed works",
        "data is written and read through the DSS connection adls-raw", "data is written and read through the DSS connection adls-managed",
        "the nodes of the cluster aks-reference are ready", "a pod runs the container-exec image in the cluster aks-reference, namespace dssns",
        "a pod runs the spark image in the cluster aks-reference, namespace dssns", "pods of the cluster aks-reference reach DSS",
    ];
}
