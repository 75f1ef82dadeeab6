using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>No kind of thing inside DSS or a cluster is without the tests of its promises: absent it is made, made it is kept, bent it is repaired, cut short it is finished.</summary>
public sealed class KindsTests
{
    /// <summary>Each kind with the test class that holds it to its promises: a kind that is new is listed here when it has one. What runs against a whole Azure is named by its file.</summary>
    private static readonly Dictionary<string, object> Kept = new(StringComparer.Ordinal)
    {
        ["dss/cluster"] = typeof(DssPromisesTests),
        ["dss/clusterState"] = typeof(DssClusterStartTests),
        ["dss/connection"] = typeof(AdlsConnectionTests),
        ["dss/containerDefaults"] = typeof(SettingsPromisesTests),
        ["dss/defaultCluster"] = typeof(DssPromisesTests),
        ["dss/executionConfig"] = typeof(SettingsPromisesTests),
        ["dss/generalSettings"] = typeof(SettingsPromisesTests),
        ["dss/group"] = typeof(DssPromisesTests),
        ["dss/imageBuildConfig"] = typeof(SettingsPromisesTests),
        // It answers, or the run says why not: nothing of it can be bent. Its parts on the machine are another plane.
        ["dss/instance"] = typeof(DssPublicApiTests),
        ["dss/metastore"] = typeof(SettingsPromisesTests),
        ["dss/namespacePolicies"] = typeof(NamespacePoliciesTests),
        ["dss/plugin"] = typeof(DssPromisesTests),
        ["dss/pluginCodeEnv"] = typeof(DssPromisesTests),
        ["dss/pluginPreset"] = typeof(DssPromisesTests),
        ["dss/project"] = typeof(DssPromisesTests),
        ["dss/projectPermissions"] = typeof(DssPromisesTests),
        ["dss/projectSettings"] = typeof(DssPromisesTests),
        ["dss/projectVariables"] = typeof(DssPromisesTests),
        ["dss/pushedImage"] = "Rehearsal.Tests/Images/PushImagesTests.cs",
        ["dss/sparkConfig"] = typeof(SettingsPromisesTests),
        ["dss/sparkDefaults"] = typeof(SettingsPromisesTests),
        ["dss/user"] = typeof(DssPromisesTests),
        ["kubernetes/namespace"] = "Rehearsal.Tests/Kubernetes/NamespaceTests.cs",
        ["kubernetes/nodes"] = "Rehearsal.Tests/Kubernetes/NamespaceTests.cs",
        ["kubernetes/quota"] = "Rehearsal.Tests/Kubernetes/NamespaceTests.cs",
    };

    [Fact]
    public async Task Every_kind_that_is_declared_is_one_whose_promises_are_tested()
    {
        var declared = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var manifest in Manifests) declared.UnionWith(await KindsAsync(manifest));

        Assert.Equal(string.Join('\n', Kept.Keys.Order(StringComparer.Ordinal)), string.Join('\n', declared));
    }

    [Fact]
    public void Whoever_is_said_to_test_them_bends_and_cuts_them()
    {
        Assert.All(Kept.Values.OfType<string>(), file => Assert.Contains("[Fact]", File.ReadAllText(Path.Combine(Snapshot.Folder(), "..", "..", file)), StringComparison.Ordinal));
        var promised = Kept.Where(kind => kind.Value is Type type && (type == typeof(DssPromisesTests) || type == typeof(SettingsPromisesTests))).Select(kind => kind.Key);
        var bent = DssKinds.All.Values.Select(kind => kind.Bent).Concat(SettingsKinds.All.Values.Select(kind => kind.Bent(true))).SelectMany(paths => paths.Split(' ')).Select(path => string.Join('/', path.Split('/').Take(2))).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(promised.Except(bent));
    }

    private static IEnumerable<Manifest> Manifests =>
    [
        .. Examples.All.Select(row => Examples.Read(row.Data)),
        Everything.Read(),
        .. new[] { SettingsKinds.Flat, SettingsKinds.Split }.Select(version => SettingsKinds.Read(version)),
        Everything.Read("aks.clusters[aks-demo].namespaces=[{ name: team, quota: { pods: 40 } }]", "aks.clusters[aks-demo].lookInside=true", "aks.connections[aks-connection].legacy=false", "dss.settings={ k8sPoliciesSettings: { policies: [] } }"),
    ];

    private static async Task<IEnumerable<string>> KindsAsync(Manifest manifest)
    {
        await using var world = await ArmWorld.StartAsync();
        await using var machine = new Machine(new() { Host = manifest.Names.Machine }, new ProcessShell("false", []), TimeProvider.System);
        await using var clusters = new Clusters(name => new() { Cluster = name, Kubeconfig = _ => throw new InvalidOperationException("Nobody looks inside."), Redactor = new() }, TimeProvider.System);

        var all = Contents.With(world.ArmFor(manifest), TimeProvider.System, machine, dss: SilentDss.Of(manifest), clusters: clusters).All;
        return [.. all.SelectMany(task => Contents.PartOf(task, manifest).Resources).Where(resource => resource.Id.Plane is "dss" or "kubernetes").Select(resource => $"{resource.Id.Plane}/{resource.Id.Kind}")];
    }
}
