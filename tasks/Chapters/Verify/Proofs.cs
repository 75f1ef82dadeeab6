using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Every proof of a deployment, in the order of the reference architecture.</summary>
internal sealed class Proofs(Deployment deployment, ProofProject project)
{
    private readonly Manifest manifest = deployment.Needed();

    public IReadOnlyList<RegistryCopy> Copies { get; } = [.. PushedKinds.Of(deployment.Needed()).Select(kind => new RegistryCopy(deployment.Machine, deployment.Images, deployment.Needed(), kind, deployment.Needed().Names.RegistryHost))];

    public IReadOnlyList<Proof> All =>
    [
        .. Copies.Select(copy => new ImageProof(deployment, copy)),
        .. ForeignImage.Of(manifest).Select(foreign => new ForeignImageProof(foreign)),
        .. Connections.Select(connection => new ConnectionProof(deployment.Dss, connection.Wish.Name)),
        .. Connections.Select(connection => new DataProof(deployment.Dss, project, connection.Account, connection.Wish)),
        .. manifest.Aks.Clusters.SelectMany(Of),
        .. HasSpark ? Connections.Take(1).Select(connection => new SparkDataProof(connection.Wish.Name)) : [],
    ];

    private bool HasSpark => manifest.Aks.Clusters.Count > 0 && manifest.Spark.Configs.Any(config => config.ManagedKubernetes);

    private IEnumerable<(AdlsSection Account, AdlsConnectionSection Wish)> Connections => manifest.Adls.SelectMany(account => account.Connections.Select(connection => (account, connection)));

    private IEnumerable<Proof> Of(ClusterSection cluster)
    {
        yield return new NodesProof(deployment, cluster);
        foreach (var pool in manifest.Aks.PoolsOf(cluster).Where(pool => pool.Gpu)) yield return new GpuProof(deployment, cluster, pool);
        foreach (var (copy, space, secret) in Pods.Distinct()) yield return new PodProof(deployment, cluster, copy, space) { PullSecret = secret };
        yield return new NetworkProof(deployment.Dss, project, cluster);
    }

    private IEnumerable<(RegistryCopy Copy, string Namespace, string? PullSecret)> Pods =>
    [
        .. from copy in Copies where copy.Kind == BaseImageKind.ContainerExec from config in manifest.Containers.ExecutionConfigs where PushedKinds.IsOurs(config.BaseImage, manifest.Images.ContainerExec) select (copy, config.Namespace, config.ImagePullSecret),
        .. from copy in Copies where copy.Kind == BaseImageKind.Spark from config in manifest.Spark.Configs where config.ManagedKubernetes && PushedKinds.IsOurs(config.BaseImage, manifest.Images.Spark) select (copy, config.Namespace, (string?)null),
    ];
}
