using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Where the images of a configuration go and what they are made of. Up to DSS 14 the configuration says it itself; from 15 on a build configuration of its own does.</summary>
/// <param name="Type">What DSS calls the kind of base image.</param>
/// <param name="BaseImage">Empty for the one that DSS made last.</param>
public sealed record ImagePush(Manifest Manifest, string Type, string BaseImage, PrePush Before, string? Script)
{
    /// <summary>The registry as Azure names it, which no other thing needs to guess.</summary>
    public JsonNode Registry => Manifest.Containers.RegistryUrl is { } stated ? JsonValue.Create(stated) : Reference.To(Manifest.Names.Registry.Id, "/properties/loginServer");

    public string Mode => Before switch
    {
        PrePush.Acr => "ACR",
        PrePush.Custom => "CUSTOM",
        _ => "NONE",
    };

    /// <summary>As members of the configuration.</summary>
    public JsonObject Flat => new() { ["repositoryURL"] = Registry, ["baseImage"] = BaseImage, ["prePushMode"] = Mode, ["prePushScript"] = Script ?? "" };

    /// <summary>As a build configuration.</summary>
    public JsonObject Split => new()
    {
        ["baseImageType"] = Type,
        ["baseImage"] = BaseImage,
        ["imageBuilderType"] = "DOCKER",
        ["dockerBuilderConfig"] = new JsonObject { ["pushConfigs"] = new JsonArray(new JsonObject { ["repositoryURL"] = Registry, ["prePushMode"] = Mode, ["prePushScript"] = Script ?? "" }) },
    };
}
