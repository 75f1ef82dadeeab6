using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// An AKS cluster that DSS made, as it is in Azure. It comes and goes with its state in DSS; what can be changed while it stands, its version first of all, is changed here,
/// where it can be planned and compared. Destroy removes it here too, also when its DSS does not answer any more.
/// </summary>
public sealed class PluginCluster(Arm arm, Manifest manifest, ClusterSection cluster) : ManagedCluster(arm, manifest, cluster)
{
    private const string Network = "/properties/networkProfile";

    // What it stands on in Azure is named too: Destroy knows nothing of DSS.
    public override IReadOnlyList<ResourceId> After => [StateId(Section), .. Manifest.Aks.PoolsOf(Section).Select(pool => new PoolProfile(Manifest, Section, pool).Subnet.Id).Distinct()];

    public override Comparison Comparison => base.Comparison with { Fixed = [.. base.Comparison.Fixed, $"{Network}/networkPlugin"] };

    protected override JsonNode Wish => Json.Of(new
    {
        location = Manifest.Azure.Location,
        tags = MadeTags,
        properties = new
        {
            dnsPrefix = Manifest.Names.For(Section).DnsPrefix,
            kubernetesVersion = new KubernetesTarget(Section).Wish,
            nodeResourceGroup = Section.NodeResourceGroup,
            networkProfile = new { networkPlugin = Section.NetworkPlugin, serviceCidr = Section.ServiceCidr, dnsServiceIP = Section.DnsServiceIp, loadBalancerSku = Section.LoadBalancerSku.ToLowerInvariant(), outboundType = Section.OutboundType },
            apiServerAccessProfile = new { enablePrivateCluster = new ClusterAddressing(Manifest, Section).IsPrivate },
            autoUpgradeProfile = new { upgradeChannel = Section.UpgradeChannel, nodeOSUpgradeChannel = Section.UpgradeChannel is "node-image" ? "NodeImage" : Section.NodeOsUpgradeChannel },
            oidcIssuerProfile = new { enabled = Section.OidcIssuer },
            securityProfile = new { workloadIdentity = new { enabled = Section.WorkloadIdentity } },
            servicePrincipalProfile = Config.IsDeploymentsOwn ? new ClusterIdentity(Manifest).Application : null,
            powerState = new { code = "Running" },
        },
    });

    private ClusterConfig Config => new(Manifest, Section);

    private JsonObject MadeTags
    {
        get
        {
            var tags = Tags;
            if (!Config.IsDeploymentsOwn) tags.Remove(ClusterIdentity.SecretTag);
            tags[ClusterConfig.MakerTag] = "dss";
            return tags;
        }
    }

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed) ?? (verb is Verb.Replace ? new Problem(
            "Fixed while the cluster stands",
            $"{Id} was made with other values than aks.clusters[{Section.Name}] asks for, in members that Azure never changes. DSS made it and would have to make it anew, which loses what its pods keep on disks. "
            + $"Put the old values back; or set aks.clusters[{Section.Name}].started to false, name {Id} in policy.allowDelete, deploy, and deploy again with started: true.") : null);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => change.Verb is Verb.Create
        ? throw new ProblemException(new Problem("DSS runs a cluster that is not there", $"DSS says that it started the cluster {Section.Name}, and Azure has no {Id}. Somebody may have removed it in this moment; run again, and DSS makes it anew."))
        : base.ApplyAsync(change, cancel);

    internal static ResourceId StateId(ClusterSection cluster) => new("dss", "clusterState", cluster.Name);

    // Nothing of it moves while it stands but where its nodes go out.
    protected override Problem? MoveOff(JsonNode? desired, JsonNode? observed) => null;
}
