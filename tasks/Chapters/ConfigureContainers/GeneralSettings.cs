using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What the manifest lays over the general settings of DSS by hand.</summary>
public sealed class GeneralSettings(Dss dss, Manifest manifest) : SettingsPart(dss, "generalSettings", manifest.Name)
{
    protected override JsonObject Wish => manifest.Dss.Settings;

    // What clusters have after this is not known, also when it is what they had before.
    protected override Task PrepareAsync(CancellationToken cancel) =>
        Wish.ContainsKey(NamespacePolicies.Member) ? new NamespacePolicies(Dss, manifest).ForgetAsync(cancel) : Task.CompletedTask;
}
