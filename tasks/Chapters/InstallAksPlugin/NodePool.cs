using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A preset "Node pools": a kind of nodes, and who may ask for it. Where the manifest does not say who, that is left as people set it in DSS.</summary>
public sealed class NodePool(Dss dss, Manifest manifest, NodePoolSection pool) : PluginPreset(dss, manifest, NodePoolPreset.Set, pool.Name)
{
    protected override JsonObject Wish
    {
        get
        {
            var wish = pool.AllowedGroups is { } groups ? PresetUsers.Only(groups) : [];
            var config = new NodePoolPreset(Manifest, pool).Config;
            config["tags"] = PresetTags.List((JsonObject)config["tags"]!);
            wish["config"] = config;
            return wish;
        }
    }
}
