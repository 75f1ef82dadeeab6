using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One base image and the registry that it goes to.</summary>
internal sealed record DssImagePush(string Image, string Registry, string Mode, string? Script)
{
    public string Target => $"{Registry}/{Image.Split('/')[^1]}";
}

/// <summary>Which base images the general settings send where.</summary>
internal static class DssImagePushes
{
    public static IReadOnlyList<DssImagePush> Of(DssInstance dss)
    {
        var settings = dss.Settings.Document;
        var executions = Dotted.Items(settings, "containerSettings.executionConfigs");
        var sparks = Dotted.Items(settings, "sparkSettings.executionConfigs").Where(config => Dotted.True(config, "kubernetesSettings.managedKubernetes"));
        var pushes = dss.Settings.IsSplit
            ? executions.SelectMany(config => OfBuild(dss, settings, config, "exec")).Concat(sparks.SelectMany(config => OfBuild(dss, settings, config, "spark")))
            : executions.SelectMany(config => Flat(dss, config, "exec")).Concat(sparks.SelectMany(config => Flat(dss, (JsonObject)config["kubernetesSettings"]!, "spark")));
        return [.. pushes.Distinct()];
    }

    /// <summary>Where the image of one execution configuration goes.</summary>
    public static IEnumerable<DssImagePush> OfExecution(DssInstance dss, JsonObject config) =>
        dss.Settings.IsSplit ? OfBuild(dss, dss.Settings.Document, config, "exec") : Flat(dss, config, "exec");

    private static IEnumerable<DssImagePush> Flat(DssInstance dss, JsonObject config, string kind) => One(config, ImageOf(dss, config, kind));

    private static IEnumerable<DssImagePush> OfBuild(DssInstance dss, JsonObject settings, JsonObject config, string kind) => Dotted.Items(settings, "containerSettings.buildConfigs")
        .Where(build => (string?)build["name"] == (string?)config["imageBuildConfig"])
        .SelectMany(build => Dotted.Items(build, "dockerBuilderConfig.pushConfigs").SelectMany(push => One(push, ImageOf(dss, build, kind))));

    private static IEnumerable<DssImagePush> One(JsonObject push, string image)
    {
        if ((string?)push["repositoryURL"] is { Length: > 0 } registry) yield return new(image, registry.TrimEnd('/'), (string?)push["prePushMode"] ?? "NONE", (string?)push["prePushScript"]);
    }

    private static string ImageOf(DssInstance dss, JsonObject config, string kind) =>
        (string?)config["baseImage"] is { Length: > 0 } named ? named : $"dku-{kind}-base-{dss.Data.InstallId.ToLowerInvariant()}:dss-{dss.Data.Version}";
}
