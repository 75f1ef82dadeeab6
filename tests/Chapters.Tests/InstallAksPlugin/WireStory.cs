using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Chapters.Tests;

/// <summary>A deployment and what happens to it later, for its payloads to be seen.</summary>
internal sealed record WireStory(string Name, Func<IReadOnlyList<string>, Manifest> Of, IReadOnlyList<string> Sets, IReadOnlyList<string> Kinds)
{
    private const string Provisioned = "settings, code environment, plugin from the store";
    private const string Made = "preset node-pool-request, new create-aks-cluster, changed create-aks-cluster, start";
    private const string Attached = "new attach-aks-cluster, changed attach-aks-cluster";
    private const string Own = "{ clientId: cccccccc-0000-4000-8000-000000000023, objectId: dddddddd-0000-4000-8000-000000000024, clientSecret: \"${env:CLIENT_SECRET}\" }";

    // The machine that the plugin of the sandbox's DSS finds itself on.
    private static readonly string[] OnTheMachine = ["azure.resourceGroup=rg-sandbox-runner", "vm.name=sandbox"];

    private static readonly string[] AsTheSandbox = [$"identity.servicePrincipal.clientId={SandboxIds.Client}", $"identity.servicePrincipal.objectId={SandboxIds.ServicePrincipal}"];

    private static readonly string[] EveryParameter =
    [
        "aks.plugin={ source: git, url: \"https://github.com/dataiku/dss-plugin-aks-clusters\", gitReference: v3.1.0, python: PYTHON39 }",
        "registry.sku=Premium",
        "network.access=private",
        """
        aks.nodePools=[
          { name: nodes, mode: system, systemPodsOnly: true, nodes: 2, osDiskSizeGB: 200, zones: ["1", "2", "3"], labels: { team: data, tier: "" }, tags: { cost: shared } },
          { name: work, vmSize: Standard_D16s_v5, autoscaling: { min: 1, max: 4 }, subnet: dss },
          { name: gpu, vmSize: Standard_NC8as_T4_v3, nodes: 0, autoscaling: { min: 0, max: 4 }, gpu: true, taints: ["nvidia.com/gpu=present:NoSchedule"] },
        ]
        """,
        """
        aks.clusters=[
          { name: aks-demo, kubernetesVersion: "1.32", private: true, networkPlugin: azure, outboundType: userDefinedRouting, loadBalancerSku: Standard, upgradeChannel: node-image, nodeOsUpgradeChannel: NodeImage,
            nodeResourceGroup: rg-nodes, oidcIssuer: true, workloadIdentity: true, serviceCidr: 10.9.0.0/16, dnsServiceIp: 10.9.0.10, tags: { owner: data }, customConfig: "{\"disable_local_accounts\": false}" },
        ]
        """,
    ];

    public string Habits { get; init; } = "";

    public IReadOnlyList<Func<ClusterStage, WireStory, Task<string>>> Changes { get; init; } = [];

    /// <summary>Every way in which the plugin signs in, both ways in which a cluster comes to be, and every parameter that the manifest offers.</summary>
    public static IReadOnlyList<WireStory> All { get; } =
    [
        new("reference", sets => Example("reference", [.. OnTheMachine, .. AsTheSandbox, .. sets]), [], Each($"{Provisioned}, preset connection-info, {Made}, macro test-network, stop"))
        {
            Changes =
            [
                VerifyAsync,
                With("aks.nodePools=[{ name: nodes, nodes: 5 }, { name: more, nodes: 1 }]", "aks.clusters[aks-reference].pools=[nodes, more]"),
                With("aks.clusters[aks-reference].started=false", "policy.allowDelete=[azure/managedCluster/aks-reference]"),
                DestroyAsync,
            ],
        },
        new("production", sets => Example("production", [.. OnTheMachine, .. sets]), [], Each($"{Provisioned}, preset connection-info-v2, {Made}, {Attached}, macro test-network"))
        {
            Changes = [VerifyAsync, With("aks.nodePools[work].nodes=4", "aks.nodePools[gpu].autoscaling={ min: 0, max: 6 }", "aks.clusters[aks-lab].upgradeChannel=patch")],
        },
        new("a managed identity", ClusterStage.Read, ["identity.kind=managedIdentity", "identity.servicePrincipal=null"], Each($"{Provisioned}, preset connection-info-v2, {Made}")) { Habits = "opaque-types" },
        new("a secret in the current preset", ClusterStage.Read, ["aks.connections=[{ name: credentials, legacy: false }]"], Each($"{Provisioned}, preset connection-info-v2, preset cluster-identity, {Made}")) { Habits = "redact-secrets" },
        new("a service principal of its own", ClusterStage.Read, [$"aks.connections=[{{ name: own, allowedGroups: [readers], servicePrincipal: {Own} }}]", "aks.clusters[aks-demo].networkPlugin=kubenet", "aks.clusters[aks-demo].loadBalancerSku=Basic", "aks.clusters[aks-demo].upgradeChannel=rapid"], Each($"{Provisioned}, preset connection-info, {Made}")),
        new("one of its own in the current preset", ClusterStage.Read, [$"aks.connections=[{{ name: own, legacy: false, servicePrincipal: {Own} }}]"], Each($"{Provisioned}, preset connection-info-v2, preset cluster-identity, {Made}")),
        new("attached", ClusterStage.Read, ["aks.clusters[aks-demo].managedBy=azure"], Each($"{Provisioned}, preset connection-info, preset connection-info-v2, preset node-pool-request, {Attached}, start"))
        {
            Changes = [With("aks.connections=[{ name: aks-connection }, { name: other, legacy: false }]", "aks.clusters[aks-demo].connection=other")],
        },
        new("taken over", ClusterStage.Read, [], Each($"{Provisioned}, preset connection-info, {Made}, {Attached}, cluster removed")) { Changes = [ForgetAsync, With()] },
        new("every parameter", ClusterStage.Read, EveryParameter, Each($"{Provisioned.Replace("the store", "git", StringComparison.Ordinal)}, preset connection-info, {Made}")),
    ];

    public Manifest Read(params IReadOnlyList<string> more) => Of([.. Sets, .. more]);

    private static string[] Each(string kinds) => kinds.Split(", ");

    private static Func<ClusterStage, WireStory, Task<string>> With(params IReadOnlyList<string> sets) => (stage, story) => stage.MakeAllAsync(story.Read(sets));

    private static async Task<string> VerifyAsync(ClusterStage stage, WireStory story)
    {
        var told = await stage.VerifyAsync(story.Read());
        return told.Contains("the macro test-network says: ", StringComparison.Ordinal) ? "" : told;
    }

    /// <summary>DSS forgets the cluster, which goes on in Azure.</summary>
    private static async Task<string> ForgetAsync(ClusterStage stage, WireStory story)
    {
        await stage.Dss.Server.MustAsync("DELETE", $"admin/clusters/{story.Read().Aks.Clusters[0].Name}");
        return "";
    }

    private static Task<string> DestroyAsync(ClusterStage stage, WireStory story) => stage.DestroyAsync(story.Read());

    private static Manifest Example(string name, IReadOnlyList<string> sets) =>
        Examples.Read(name, sets, variable => variable is "DSS_CLIENT_SECRET" ? SandboxIds.ClientSecret : null);
}
