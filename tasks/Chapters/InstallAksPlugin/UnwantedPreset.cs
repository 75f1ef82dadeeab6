using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A preset that the manifest wants no longer, and names as one that may go: <c>set/name</c>.</summary>
internal sealed class UnwantedPreset(Dss dss, Manifest manifest, string name) : PluginPreset(dss, manifest, name.Split('/')[0], name[(name.IndexOf('/') + 1)..])
{
    protected override JsonObject? Wish => null;
}
