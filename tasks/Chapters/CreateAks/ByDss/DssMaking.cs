using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What a start of DSS left in Azure without knowing of it: it stands in the way of the next one, which refuses a name that is taken.</summary>
internal sealed class DssMaking(Arm arm, Dss dss, Manifest manifest, ClusterSection cluster)
{
    private readonly ArmAddress address = new(manifest.Names.For(cluster).Cluster.Path, ManagedCluster.ApiVersion);

    /// <summary>Whether the cluster in Azure was made by DSS for this deployment.</summary>
    public static bool IsOurs(JsonNode? made, Manifest manifest) =>
        Ownership.DeploymentOf(made) == manifest.Name && Pointer.Member(Pointer.At(made, "/tags") as JsonObject, ClusterConfig.MakerTag)?.ToString() == "dss";

    /// <summary>Makes way for a start of a cluster that is stopped: what is left in Azure is taken over as it is, or removed where it is broken and the manifest allows that.</summary>
    public async Task MakeWayAsync(CancellationToken cancel)
    {
        var isAttached = $"{(await dss.GetAsync(Dss.Path("admin", "clusters", cluster.Name), cancel))?["type"]}" == ClusterConfig.AttachedType;
        // A start that died may have asked Azure a moment ago, and Azure finishes what it was asked for.
        var left = await arm.SettledAsync(address, cancel);
        if (left is null)
        {
            if (isAttached) await DssCluster.RemakeAsync(dss, cluster.Name, ClusterConfig.MadeType, new ClusterConfig(manifest, cluster).Made, cancel);
            return;
        }

        if (Ownership.DeploymentOf(left) != manifest.Name) throw new ProblemException(Foreign());
        // People's pods may be in one that is whole, so no standing permission removes that.
        if (StateOf(left) is not "Succeeded")
        {
            if (!MayGo) throw new ProblemException(Broken(StateOf(left)));
            await RemoveAsync(isAttached, cancel);
        }
        else if (!isAttached) await DssCluster.RemakeAsync(dss, cluster.Name, ClusterConfig.AttachedType, new ClusterConfig(manifest, cluster).Attached, cancel);
    }

    private bool MayGo => manifest.Policy.AllowReplace.Contains($"{manifest.Names.For(cluster).Cluster.Id}", StringComparer.Ordinal);

    private static string StateOf(JsonNode made) => $"{Pointer.At(made, "/properties/provisioningState")}";

    private async Task RemoveAsync(bool isAttached, CancellationToken cancel)
    {
        await arm.DeleteAsync(address.Id, address.ApiVersion, cancel);
        if (isAttached) await DssCluster.RemakeAsync(dss, cluster.Name, ClusterConfig.MadeType, new ClusterConfig(manifest, cluster).Made, cancel);
    }

    private Problem Foreign() => new(
        "Cluster of that name is somebody else's",
        $"DSS is to make the AKS cluster {cluster.Name} in {manifest.Names.ResourceGroup.Name}, where one of that name stands without the mark of {manifest.Name}. It is left alone. Choose another name for aks.clusters[{cluster.Name}], or set managedBy to azure to take it over.");

    private Problem Broken(string state) => new(
        "Broken start left a broken cluster",
        $"A start of dss/cluster/{cluster.Name} that did not come to its end left an AKS cluster in Azure whose state is {state}; so it can be neither used nor made again. "
        + $"Name {manifest.Names.For(cluster).Cluster.Id} in policy.allowReplace, and it is removed and made anew by the next run.");
}
