namespace DssPipeline.Chapters;

/// <summary>A kind of base image: its key in the manifest, and how the kit calls it.</summary>
public sealed record BaseImageKind(string Key, string Type, Func<ImagesSection, BaseImageSection> Of)
{
    public static BaseImageKind ContainerExec { get; } = new("containerExec", "container-exec", images => images.ContainerExec);

    public static BaseImageKind Spark { get; } = new("spark", "spark", images => images.Spark);

    public static BaseImageKind Cde { get; } = new("cde", "cde", images => images.Cde);

    public static IReadOnlyList<BaseImageKind> All { get; } = [ContainerExec, Spark, Cde];
}
