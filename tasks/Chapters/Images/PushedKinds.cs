using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Which base images DSS pushes: those that a configuration uses which has no image of its own.</summary>
public static class PushedKinds
{
    public static IReadOnlyList<BaseImageKind> Of(Manifest manifest) => [.. BaseImageKind.All.Where(kind => kind.Of(manifest.Images).Build && IsUsed(manifest, kind))];

    /// <summary>Whether a configuration runs the base image that the manifest names, and no image of its own.</summary>
    /// <param name="stated">What the configuration says of it.</param>
    public static bool IsOurs(string? stated, BaseImageSection made) => stated is null || stated == made.Tag;

    private static bool IsUsed(Manifest manifest, BaseImageKind kind) => kind.Key switch
    {
        "containerExec" => manifest.Containers.ExecutionConfigs.Any(config => IsOurs(config.BaseImage, manifest.Images.ContainerExec)),
        "spark" => manifest.Spark.Configs.Any(config => config.ManagedKubernetes && IsOurs(config.BaseImage, manifest.Images.Spark)),
        // DSS pushes it where its containerized engine is turned on, which no key of its own does.
        _ => manifest.Containers.ExecutionConfigs.Count > 0 && Pointer.At(manifest.Dss.Settings, "/containerSettings/cdeEnabled")?.ToString() is "true",
    };
}
