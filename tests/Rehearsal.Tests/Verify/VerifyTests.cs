using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Planes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Each proof fails when what it promises is not so, and says what is so instead and what to do; all others are told as ever, and nothing that any of them made is left.</summary>
public sealed class VerifyTests(ProofWorld world) : IClassFixture<ProofWorld>
{
    private const string Registry = "crreference.azurecr.io";
    private const string ExecImage = $"the container-exec image is in the registry {Registry}";
    private const string Connection = "the DSS connection adls-raw works";
    private const string Data = "data is written and read through the DSS connection adls-raw";
    private const string OtherData = "data is written and read through the DSS connection adls-managed";
    private const string Nodes = "the nodes of the cluster aks-reference are ready";
    private const string ExecPod = "a pod runs the container-exec image in the cluster aks-reference, namespace dssns";
    private const string SparkPod = "a pod runs the spark image in the cluster aks-reference, namespace dssns";
    private const string Network = "pods of the cluster aks-reference reach DSS";
    private const string SparkData = "Spark on Kubernetes reads and writes the connections by ABFS";
    private const string Left = "the proofs leave nothing behind in DSS";

    private static readonly string[] Promises =
    [
        ExecImage, $"the spark image is in the registry {Registry}", Connection, "the DSS connection adls-managed works",
        Data, OtherData, Nodes, ExecPod, SparkPod, Network, SparkData,
    ];

    [Fact]
    public async Task What_is_as_wished_is_proven_by_things_that_are_gone_afterwards()
    {
        var run = await world.VerifyAsync();

        Assert.Equal(ExitCode.AsWished, run.Exit);
        Assert.Equal(Promises, run.Proofs.Select(proof => proof.Promise));
        Assert.All(run.Proofs, proof => Assert.Equal(proof.Promise == SparkData ? "notProven" : "proven", proof.Ending));
        Assert.Equal(3, run.Asked.Count(asked => asked.StartsWith("POST ", StringComparison.Ordinal) && asked.EndsWith("/pods", StringComparison.Ordinal)));
        Assert.Equal(2, run.Asked.Count(asked => asked.StartsWith("PUT ", StringComparison.Ordinal) && asked.Contains("DSSPIPELINE_PROOF_", StringComparison.Ordinal)));
        Assert.Empty(run.Left);
    }

    [Fact]
    public async Task An_image_that_is_not_made_here_is_said_to_be_not_proven_and_never_counted_with_ours()
    {
        var run = await world.VerifyAsync("images.spark.build=false", "containers.executionConfigs=[{ name: kubernetes, prePush: acr }, { name: theirs, namespace: other, baseImage: \"registry.example.com/own:7\", prePush: acr }]");

        const string Execution = "pods run the image of the execution configuration theirs";
        const string Spark = "pods run the image of the Spark configuration spark-on-k8s";
        Assert.Equal(ExitCode.AsWished, run.Exit);
        Assert.Equal([ExecImage, Execution, Spark, Connection, "the DSS connection adls-managed works", Data, OtherData, Nodes, ExecPod, Network, SparkData], run.Proofs.Select(proof => proof.Promise));
        Assert.Equal([Execution, Spark, SparkData], run.Proofs.Where(proof => proof.Ending == "notProven").Select(proof => proof.Promise));
        Assert.Equal("the configuration names an image of its own (baseImage): registry.example.com/own:7. Let DSS push its images (Administration, Settings), run a recipe once in the execution configuration theirs, and look at its log", run.Proofs[1].Evidence);
        Assert.StartsWith("the manifest says not to make it (images.spark.build): the one that DSS takes by itself. Let DSS push", run.Proofs[2].Evidence, StringComparison.Ordinal);
        Assert.Contains("reference has 8 of 11 proofs, and 3 that could not be tried", run.Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_no_longer_in_the_registry_is_told_and_no_pod_runs_it()
    {
        using var bent = world.Without(world.Repository("exec"));

        var run = await world.VerifyAsync();

        var failed = Fails(run, ExecImage, ExecPod);
        Assert.Matches($@"^Promise is not kept: The registry has no {Registry}/dku-exec-base-\w+:dss-14\.2\.0\. Push it by the task PushImages\.$", failed[ExecImage]);
        Assert.Contains("There is no container-exec image in crreference.azurecr.io that a pod could run. Push it by the task PushImages.", failed[ExecPod], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_somebody_overwrote_is_told_with_both_digests()
    {
        var (exec, spark) = (world.Repository("exec"), world.Repository("spark"));
        var other = JsonNode.Parse(await File.ReadAllTextAsync(spark))!;
        other["Name"] = Path.GetFileNameWithoutExtension(exec);
        using var bent = world.With(exec, other.ToJsonString());

        var run = await world.VerifyAsync();

        Assert.Matches(@"is sha256:\w{64} in the registry, which is another image than the machine has under that name \(sha256:\w{64}\)\. Somebody else pushed it; the task PushImages pushes ours again\.", Fails(run, ExecImage)[ExecImage]);
    }

    [Fact]
    public async Task A_connection_whose_account_has_another_key_by_now_is_told_in_the_words_of_DSS()
    {
        await using var bent = await world.WithKeyAsync("adls-raw");
        var before = await world.InDssAsync(dss => dss.GetAsync("connections/adls-raw/test", CancellationToken.None));
        await world.RotateAsync();

        var run = await world.VerifyAsync();

        Assert.Equal("true", $"{before!["connectionOK"]}");
        var failed = Fails(run, Connection, Data);
        Assert.Contains("The test of the DSS connection adls-raw fails. DSS says: Status code 403, AuthenticationFailed", failed[Connection], StringComparison.Ordinal);
        Assert.Contains("the task CreateAdls makes them as the manifest says.", failed[Connection], StringComparison.Ordinal);
        Assert.Contains("AuthenticationFailed", failed[Data], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("403@PUT *raw/DSSPIPELINE_PROOF_* on=blob", "Status code 403")]
    [InlineData("404@GET *raw/DSSPIPELINE_PROOF_* on=blob", "What was written through the DSS connection adls-raw to streference/raw did not come back the same: nothing is there. Look at what else writes there or takes away")]
    public async Task Data_that_is_not_taken_or_does_not_come_back_is_told(string fault, string told)
    {
        using var bent = world.Faulty(fault);

        var run = await world.VerifyAsync();

        Assert.Contains(told, Fails(run, Data)[Data], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_which_no_answer_tells_whether_it_was_written_is_removed_all_the_same()
    {
        using var bent = world.Faulty("drop-after@POST *contents/proof.txt on=dss");

        var run = await world.VerifyAsync();

        Assert.All(Fails(run, Data, OtherData).Values, words => Assert.StartsWith("Connection to DSS broke: ", words, StringComparison.Ordinal));
        Assert.Equal(2, run.Asked.Count(asked => asked.StartsWith("PUT ", StringComparison.Ordinal) && asked.Contains("DSSPIPELINE_PROOF_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_node_that_is_not_ready_is_told_with_its_reason()
    {
        var node = (await world.KubectlAsync("get", "nodes", "--output=name")).Split('\n')[1]["node/".Length..];
        await using var bent = await world.NotReadyAsync(node);

        var run = await world.VerifyAsync();

        Assert.Equal($"Promise is not kept: In the cluster aks-reference: {node} is not ready: NodeStatusUnknown; the pool nodes has 2 ready nodes and is to have 3. Look at the pools in the portal; the task CreateAks makes them as the manifest says.", Fails(run, Nodes)[Nodes]);
    }

    [Fact]
    public async Task Nodes_that_offer_no_GPU_where_they_should_are_told()
    {
        const string Gpus = "the nodes of the pool nodes of the cluster aks-reference offer their GPUs";
        string[] promises = [.. Promises.TakeWhile(promise => promise != ExecPod), Gpus, .. Promises.SkipWhile(promise => promise != ExecPod)];

        var failed = FailsOf(await world.VerifyAsync("aks.nodePools[0].gpu=true"), promises, Gpus)[Gpus];

        Assert.Contains("of the pool nodes in the cluster aks-reference offer no nvidia.com/gpu, so that no pod that asks for one starts there. Install NVIDIA's device plugin with kubectl apply", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("containers.executionConfigs[0].namespace=full", ExecPod)]
    [InlineData("spark.configs[0].namespace=full", SparkPod)]
    public async Task A_pod_that_its_namespace_does_not_take_is_told(string set, string promise)
    {
        await using var bent = await world.FullNamespaceAsync("full");

        var run = await world.VerifyAsync(set);

        var moved = promise.Replace("dssns", "full", StringComparison.Ordinal);
        var failed = FailsOf(run, [.. Promises.Select(one => one == promise ? moved : one)], moved);
        Assert.Contains("Quota of the namespace is used up: pods/full/dss-pipeline-proof-", failed[moved], StringComparison.Ordinal);
        Assert.Contains("Raise aks.clusters[].namespaces[].quota in the manifest", failed[moved], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_the_nodes_may_not_pull_is_told_and_its_pods_go()
    {
        await using var bent = await world.WithoutPullAsync();

        var run = await world.VerifyAsync();

        var failed = Fails(run, ExecPod, SparkPod);
        Assert.All(failed.Values, words => Assert.StartsWith("Nodes may not pull the image: The pod ", words, StringComparison.Ordinal));
        Assert.All(failed.Values, words => Assert.Contains("needs AcrPull on the registry", words, StringComparison.Ordinal));
        Assert.Equal(3, run.Asked.Count(asked => asked.StartsWith("POST ", StringComparison.Ordinal) && asked.EndsWith("/pods", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_pod_that_never_runs_is_given_up_after_its_time_and_goes()
    {
        await using var bent = await world.WithoutRoomAsync();

        var run = await world.VerifyAsync();

        var failed = Fails(run, ExecPod, SparkPod);
        Assert.All(failed.Values, words => Assert.StartsWith("No node takes the pod: The pod ", words, StringComparison.Ordinal));
        Assert.All(failed.Values, words => Assert.Contains("3 Insufficient cpu", words, StringComparison.Ordinal));
        Assert.All(failed.Values, words => Assert.Contains("Add nodes or larger ones", words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_that_pods_do_not_reach_is_told_with_what_the_macro_saw()
    {
        await using var bent = await world.RenamedAsync("elsewhere");

        var run = await world.VerifyAsync();

        var words = Fails(run, Network)[Network];
        Assert.Contains("The macro test-network ran a pod in the cluster aks-reference, which did not reach DSS.", words, StringComparison.Ordinal);
        Assert.Contains("bad address 'elsewhere'", words, StringComparison.Ordinal);
        Assert.Contains("Let the machine take connections from the subnet of the nodes", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_macro_that_DSS_lets_nobody_run_is_told_and_all_else_is_proven()
    {
        using var bent = world.Faulty("403@POST *runnables* on=dss");

        var run = await world.VerifyAsync();

        Assert.Matches("POST projects/DSSPIPELINE_PROOF_\\w+/runnables/pyrunnable_aks-clusters_test-network", Fails(run, Network)[Network]);
    }

    [Fact]
    public async Task A_cluster_that_does_not_run_fails_all_that_is_proven_in_it_and_nothing_else()
    {
        await using var bent = await world.StoppedAsync();

        var run = await world.VerifyAsync();

        var failed = Fails(run, Nodes, ExecPod, SparkPod, Network);
        foreach (var promise in (string[])[Nodes, ExecPod, SparkPod]) Assert.Equal("Promise is not kept: The cluster aks-reference is not there, or does not run. Make and start it by the task CreateAks.", failed[promise]);
    }

    [Fact]
    public async Task What_cannot_be_removed_is_a_proof_of_its_own_that_failed()
    {
        using (world.Faulty("403@DELETE *projects/DSSPIPELINE_PROOF_???????? on=dss"))
        {
            var run = await world.VerifyAsync();

            var words = Failed(run, [.. Promises, Left], Left)[Left];
            Assert.Contains("Proof left something behind: A proof made projects/DSSPIPELINE_PROOF_", words, StringComparison.Ordinal);
            Assert.Contains("Remove it by hand: nobody needs it.", words, StringComparison.Ordinal);
            Assert.NotEmpty(run.Left);
        }

        await world.TidyAsync();
    }

    [Fact]
    public async Task A_run_that_is_ended_while_it_proves_removes_what_it_made()
    {
        using var end = new CancellationTokenSource();

        var run = await world.VerifyAsync(wait => EndAt(wait, end), end.Token);

        Assert.Equal((ExitCode.Cancelled, 0), (run.Exit, run.Proofs.Count));
        Assert.Contains(run.Asked, asked => asked.Contains("/abort/", StringComparison.Ordinal));
        Assert.Empty(run.Left);
    }

    // By then the project is there, and the macro runs in it.
    private static void EndAt(Wait wait, CancellationTokenSource end)
    {
        if (wait.Subject == "dss/cluster/aks-reference") end.Cancel();
    }

    /// <summary>What the failed proofs say; these and no others failed, all others are told as when all is well, and nothing is left.</summary>
    private static Dictionary<string, string> Fails(ProofRun run, params string[] failing) => FailsOf(run, Promises, failing);

    private static Dictionary<string, string> FailsOf(ProofRun run, IReadOnlyList<string> promises, params string[] failing)
    {
        var failed = Failed(run, promises, failing);
        Assert.Empty(run.Left);
        return failed;
    }

    private static Dictionary<string, string> Failed(ProofRun run, IReadOnlyList<string> promises, params string[] failing)
    {
        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(promises, run.Proofs.Select(proof => proof.Promise));
        Assert.Equal(promises.Select(promise => $"{promise}: {(failing.Contains(promise, StringComparer.Ordinal) ? "failed" : promise == SparkData ? "notProven" : "proven")}"), run.Proofs.Select(proof => $"{proof.Promise}: {proof.Ending}"));
        Assert.All(run.Proofs, proof => Assert.NotEmpty(proof.Evidence));
        Assert.Contains($"Not proven to work: reference has {failing.Length} of {promises.Count} proofs failed, {promises.Count - failing.Length - 1} proven, 1 that could not be tried.", run.Told, StringComparison.Ordinal);
        return run.Proofs.Where(proof => proof.Ending == "failed").ToDictionary(proof => proof.Promise, proof => proof.Words, StringComparer.Ordinal);
    }
}
