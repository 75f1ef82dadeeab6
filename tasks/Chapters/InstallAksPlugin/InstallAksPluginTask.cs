using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The AKS plugin of DSS, the environment it runs in, and its presets.</summary>
[TaskName("InstallAksPlugin"), TaskDescription("The AKS plugin of DSS, its code environment, and the presets \"AKS connection\" and \"Node pools\"")]
[IsDependentOn(typeof(InstallDssTask))]
public sealed class InstallAksPluginTask(Dss dss, Vault vault) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"nothing inside DSS is looked at: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (dss.Missing is not null) yield break;

        yield return new AksPlugin(dss, manifest);
        yield return new PluginCodeEnv(dss, manifest);
        foreach (var connection in manifest.Aks.Connections) yield return new AksConnection(dss, vault, manifest, connection) { StandsOn = DssGroup.Of(manifest, connection.AllowedGroups) };
        foreach (var pool in manifest.Aks.NodePools) yield return new NodePool(dss, manifest, pool) { StandsOn = DssGroup.Of(manifest, pool.AllowedGroups ?? []) };
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) => dss.Missing is null ? [new DssLeftovers(manifest, "pluginPreset", name => new UnwantedPreset(dss, manifest, name))] : [];
}
