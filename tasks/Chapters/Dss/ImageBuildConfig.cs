using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How the images of one configuration are built and where they are pushed, from DSS 15 on.</summary>
public sealed class ImageBuildConfig(Dss dss, Manifest manifest, string name, ImagePush? push, JsonObject settings) : SettingsEntry(dss, manifest, Kind, name)
{
    public const string Kind = "imageBuildConfig";

    /// <summary>What names it goes before it.</summary>
    public static ResourceId IdOf(string name) => new("dss", Kind, name);

    protected override string List => "/containerSettings/buildConfigs";

    protected override JsonObject Template => new() { ["properties"] = new JsonArray(), ["isFinal"] = false };

    protected override JsonObject? Wish => push is null ? null : DssWish.With(push.Split, settings);

    /// <summary>One that the manifest wants no longer, and names as one that may go.</summary>
    public static ImageBuildConfig Unwanted(Dss dss, Manifest manifest, string name) => new(dss, manifest, name, null, []);
}
