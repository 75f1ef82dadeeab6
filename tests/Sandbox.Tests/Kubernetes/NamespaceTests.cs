namespace DssPipeline.Sandbox.Tests;

/// <summary>Namespaces and quotas, and how they are written: create, apply, label, delete.</summary>
public sealed class NamespaceTests
{
    private const string Manifest = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team","labels":{"a":"1"}}}""";

    [Fact]
    public async Task A_namespace_is_created_listed_and_deleted_with_what_is_in_it()
    {
        await using var world = await KubernetesWorld.StartAsync();

        var made = await world.SaidAsync("create namespace team");
        var (again, _, taken) = await world.KubectlAsync("create namespace team");
        await world.SaidAsync("create quota q --hard=pods=2 --namespace team");
        var list = await world.SaidAsync("get namespaces -o name");
        var account = await world.SaidAsync("get serviceaccount default --namespace team -o name");
        var gone = await world.SaidAsync("delete namespace team --timeout=20s");
        var (missing, _, errors) = await world.KubectlAsync("get quota q --namespace team");

        Assert.Equal("namespace/team created\n", made);
        Assert.Equal(1, again);
        Assert.Contains("Error from server (AlreadyExists): namespaces \"team\" already exists", taken, StringComparison.Ordinal);
        Assert.Equal("namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system\nnamespace/team\n", list);
        Assert.Equal("serviceaccount/default\n", account);
        Assert.Equal("namespace \"team\" deleted\n", gone);
        Assert.Equal(1, missing);
        Assert.Contains("NotFound", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_side_apply_changes_what_it_owns_and_tells_of_conflicts()
    {
        await using var world = await KubernetesWorld.StartAsync();

        var made = await world.SaidAsync("apply --server-side --field-manager=ours -f -", Manifest);
        await world.SaidAsync("label namespace team a=2 b=3 --overwrite");
        var (conflict, _, errors) = await world.KubectlAsync("apply --server-side --field-manager=ours -f -", Manifest);
        var forced = await world.SaidAsync("apply --server-side --force-conflicts --field-manager=ours -f -", Manifest);
        await world.SaidAsync("apply --server-side --field-manager=ours -f -", Manifest.Replace("\"a\":\"1\"", "\"c\":\"4\"", StringComparison.Ordinal));
        var labels = (await world.JsonAsync("get namespace team"))["metadata"]!["labels"]!.AsObject();

        Assert.Equal("namespace/team serverside-applied\n", made);
        Assert.Equal(1, conflict);
        Assert.Contains("conflict with \"kubectl-label\": .metadata.labels.a", errors, StringComparison.Ordinal);
        Assert.Equal("namespace/team serverside-applied\n", forced);
        Assert.Equal(["b", "c", "kubernetes.io/metadata.name"], labels.Select(label => label.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Apply_from_the_client_side_and_create_work_with_their_checks()
    {
        await using var world = await KubernetesWorld.StartAsync();

        var made = await world.SaidAsync("apply -f -", Manifest);
        var changed = await world.SaidAsync("apply -f -", Manifest.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        var same = await world.SaidAsync("apply -f -", Manifest.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        var (wrong, _, errors) = await world.KubectlAsync("create -f -", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"other"},"spek":{}}""");

        Assert.Equal(["namespace/team created\n", "namespace/team configured\n", "namespace/team unchanged\n"], [made, changed, same]);
        Assert.Equal(1, wrong);
        Assert.Contains("unknown field \"spek\"", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_survive_the_end_of_the_sandbox()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await KubernetesWorld.StartAsync(state: folder.Path)) await first.SaidAsync("create namespace kept");

        await using var second = await KubernetesWorld.StartAsync(state: folder.Path);

        Assert.Equal("namespace/kept\n", await second.SaidAsync("get namespace kept -o name"));
    }

    [Fact]
    public async Task A_quota_spells_its_amounts_tells_what_is_used_and_keeps_pods_out()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.SaidAsync("create quota q --hard=requests.cpu=2000m,requests.memory=1024Mi,pods=1");

        var (silent, _, unsaid) = await world.KubectlAsync("run one --image=busybox -- sleep infinity");
        await world.SaidAsync("create -f -", Pod("one", "1"));
        var (full, _, exceeded) = await world.KubectlAsync("create -f -", Pod("two", "1"));
        var quota = await world.JsonAsync("get quota q");

        Assert.Equal("2", (string?)quota["spec"]!["hard"]!["requests.cpu"]);
        Assert.Equal("1Gi", (string?)quota["spec"]!["hard"]!["requests.memory"]);
        Assert.Equal("1", (string?)quota["status"]!["used"]!["pods"]);
        Assert.Equal((1, 1), (silent, full));
        Assert.Contains("must specify requests.cpu for: one", unsaid, StringComparison.Ordinal);
        Assert.Contains("exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1", exceeded, StringComparison.Ordinal);
    }

    private static string Pod(string name, string cores) =>
        $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"containers":[{"name":"main","image":"busybox","command":["sleep","infinity"],"resources":{"requests":{"cpu":"{{{cores}}}","memory":"64Mi"} } }]} }""";
}
