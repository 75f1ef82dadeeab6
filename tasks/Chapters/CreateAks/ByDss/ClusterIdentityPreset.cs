using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The preset that says who the nodes of a cluster are, where that is a service principal: its secret is encrypted in a preset, and nowhere else.</summary>
public sealed class ClusterIdentityPreset(Dss dss, Vault vault, Manifest manifest, AksConnectionSection connection) : PluginPreset(dss, manifest, IdentitySet, connection.Name)
{
    /// <summary>The parameter set of identities.</summary>
    public const string IdentitySet = "cluster-identity";

    private readonly ServicePrincipalSection application = new ConnectionPreset(manifest, connection).Application!;

    protected override JsonObject Wish => (JsonObject)Json.Of(new { config = ClusterConfig.IdentityConfig("service-principal", application.ClientId), defaultPermission = new { use = connection.AllowedGroups is [] }, permissions = connection.AllowedGroups.Select(group => new { group, use = true }) });

    protected override bool HasSecret => true;

    protected override bool HoldsSecret => true;

    protected override async Task<Secret?> RevealAsync(CancellationToken cancel)
    {
        var key = connection.ServicePrincipal is null ? "identity" : $"aks.connections[{connection.Name}]";
        return await new Revealing(vault).RevealAsync(application.ClientSecret, $"{key}.servicePrincipal.clientSecret", cancel);
    }
}
