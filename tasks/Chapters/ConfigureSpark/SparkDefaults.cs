using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The Spark configuration that is used where nobody chose one: in notebooks, by code outside of recipes, and in interactive work.</summary>
public sealed class SparkDefaults(Dss dss, Manifest manifest, string config) : SettingsPart(dss, "sparkDefaults", manifest.Name)
{
    protected override JsonObject Wish => (JsonObject)Json.Of(new { sparkSettings = new { configForJupyter = config, configForSEK = config, configForInteractive = config } });
}
