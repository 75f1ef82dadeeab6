namespace DssPipeline.Chapters;

/// <summary>A configuration whose base image is not made here, so that nobody here knows what it should be.</summary>
/// <param name="Configuration">The configuration in words.</param>
/// <param name="Image">What it runs; null when the manifest names none.</param>
/// <param name="Why">Why it is not ours.</param>
public sealed record ForeignImage(string Configuration, string? Image, string Why)
{
    public static IReadOnlyList<ForeignImage> Of(Manifest manifest) =>
    [
        .. manifest.Containers.ExecutionConfigs.Select(config => Of($"the execution configuration {config.Name}", config.BaseImage, BaseImageKind.ContainerExec, manifest)).OfType<ForeignImage>(),
        .. manifest.Spark.Configs.Where(config => config.ManagedKubernetes).Select(config => Of($"the Spark configuration {config.Name}", config.BaseImage, BaseImageKind.Spark, manifest)).OfType<ForeignImage>(),
    ];

    private static ForeignImage? Of(string configuration, string? stated, BaseImageKind kind, Manifest manifest)
    {
        var made = kind.Of(manifest.Images);
        if (!PushedKinds.IsOurs(stated, made)) return new(configuration, stated, "the configuration names an image of its own (baseImage)");

        return made.Build ? null : new(configuration, stated ?? made.Tag, $"the manifest says not to make it (images.{kind.Key}.build)");
    }
}
