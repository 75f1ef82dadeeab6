namespace DssPipeline.Chapters;

/// <summary>The base images that DSS runs code in; rebuilt exactly when their inputs change.</summary>
public sealed record ImagesSection
{
    [Key("Image of containerized execution (Python, R, visual ML).")]
    public BaseImageSection ContainerExec { get; init; } = new();

    [Key("Image of Spark drivers and executors.")]
    public BaseImageSection Spark { get; init; } = new();

    [Key("Image of the containerized DSS engine.")]
    public BaseImageSection Cde { get; init; } = new() { Build = false };

    [Key("Proxy for the builds.", Form = Form.Url)]
    public string? HttpProxy { get; init; }

    [Key("Hosts the builds reach without the proxy.", Form = Form.ProxyException)]
    public IReadOnlyList<string> NoProxy { get; init; } = [];

    [Key("Mirror of CRAN for R packages.", Form = Form.Url)]
    public string? CranMirror { get; init; }
}

/// <summary>One base image.</summary>
public sealed record BaseImageSection
{
    [Key("Make it.", Default = "true; false for cde")]
    public bool Build { get; init; } = true;

    [Key("How: built from the kit on the machine, or made from a prebuilt image that is downloaded or already loaded.")]
    public ImageMode Mode { get; init; } = ImageMode.Build;

    [Key("Prebuilt image, for the modes download and use.", Form = Form.ImageName)]
    public string? SourceImage { get; init; }

    [Key("Name and tag.", Form = Form.ImageName, Default = "dku-{exec|spark|cde}-base-{install id}:dss-{version}")]
    public string? Tag { get; init; }

    [Key("Operating system of the image.", Default = "chosen by the kit")]
    [OneOf("almalinux8", "almalinux9")]
    public string? Distribution { get; init; }

    [Key("Include R; the build takes much longer.")]
    public bool R { get; init; }

    [Key("Python versions to include, beside the one of DSS.")]
    [OneOf("3.9", "3.10", "3.11", "3.12")]
    public IReadOnlyList<string> Python { get; init; } = [];

    [Key("CUDA to include, for GPU nodes.", Form = Form.CudaVersion, Default = "none")]
    public string? CudaVersion { get; init; }

    [Key("System packages to include.", Form = Form.PackageName)]
    public IReadOnlyList<string> SystemPackages { get; init; } = [];

    [Key("Dockerfile lines right after FROM.")]
    public string? DockerfilePrepend { get; init; }

    [Key("Dockerfile lines at the end.")]
    public string? DockerfileAppend { get; init; }

    [Key("Further options of docker build.")]
    public IReadOnlyList<string> BuildOptions { get; init; } = [];
}

/// <summary>How a base image is made.</summary>
public enum ImageMode
{
    Build,
    Download,
    Use,
}
