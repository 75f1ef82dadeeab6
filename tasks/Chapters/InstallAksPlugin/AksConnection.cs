using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The preset "AKS connection", or its successor "Azure credentials": who the plugin is in Azure, and who may use it.</summary>
public sealed class AksConnection(Dss dss, Vault vault, Manifest manifest, AksConnectionSection connection)
    : PluginPreset(dss, manifest, new ConnectionPreset(manifest, connection).Set, connection.Name)
{
    private readonly ConnectionPreset preset = new(manifest, connection);

    protected override JsonObject Wish
    {
        get
        {
            var wish = PresetUsers.Only(connection.AllowedGroups);
            wish["config"] = preset.Config;
            return wish;
        }
    }

    protected override bool HasSecret => preset.Application is not null;

    protected override bool HoldsSecret => true;

    protected override async Task<Secret?> RevealAsync(CancellationToken cancel)
    {
        var key = connection.ServicePrincipal is null ? "identity" : $"aks.connections[{connection.Name}]";
        return await new Revealing(vault).RevealAsync(preset.Application!.ClientSecret, $"{key}.servicePrincipal.clientSecret", cancel);
    }
}
