using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A preset "Node pools": a kind of nodes that everybody may ask for.</summary>
public sealed class NodePool(Dss dss, Manifest manifest, NodePoolSection pool) : PluginPreset(dss, manifest, NodePoolPreset.Set, pool.Name)
{
    protected override JsonObject Wish
    {
        get
        {
            var config = new NodePoolPreset(Manifest, pool).Config;
            config["tags"] = PresetTags.List((JsonObject)config["tags"]!);
            return (JsonObject)Json.Of(new { config, defaultPermission = new { use = true }, permissions = Array.Empty<object>() });
        }
    }
}
