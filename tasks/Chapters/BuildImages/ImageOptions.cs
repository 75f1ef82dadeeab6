namespace DssPipeline.Chapters;

/// <summary>The options of <c>dssadmin build-base-image</c> that a base image asks for.</summary>
public sealed class ImageOptions(Manifest manifest, BaseImageKind kind)
{
    private readonly BaseImageSection wish = kind.Of(manifest.Images);

    /// <summary>Each is one word of the command line, whatever is in it.</summary>
    public IReadOnlyList<string> Arguments => [.. All.Select(option => option.Value is null ? option.Name : $"{option.Name}={option.Value}")];

    /// <summary>Each option and the key of the manifest that asks for it, for a kit that does not know it.</summary>
    public IReadOnlyList<string> Needs =>
    [
        .. All.Select(option => $"{option.Name} {option.Key}").Distinct(StringComparer.Ordinal),
        .. Only(wish.Tag, "--tag", "tag").Concat(Only(wish.DockerfilePrepend, "--dockerfile-prepend", "dockerfilePrepend")).Concat(Only(wish.DockerfileAppend, "--dockerfile-append", "dockerfileAppend")).Select(option => $"{option.Name} {option.Key}"),
    ];

    private IEnumerable<Option> All =>
    [
        Own("--type", "build", kind.Type),
        Own("--mode", "mode", KeyShape.Camel(wish.Mode.ToString())),
        .. wish.Mode == ImageMode.Build ? OfBuild : Only(wish.SourceImage, "--source-image", "sourceImage"),
        .. wish.BuildOptions.Select(option => Own("--docker-build-opt", "buildOptions", option)),
    ];

    private IEnumerable<Option> OfBuild =>
    [
        .. Only(wish.Distribution, "--distrib", "distribution"),
        Own(wish.R ? "--with-r" : "--without-r", "r"),
        .. wish.Python.Select(version => Own($"--with-py{version.Replace(".", "", StringComparison.Ordinal)}", "python")),
        .. wish.CudaVersion is { } cuda ? [Own("--with-cuda", "cudaVersion"), Own("--cuda-version", "cudaVersion", cuda)] : Array.Empty<Option>(),
        .. Only(Joined(wish.SystemPackages), "--system-packages", "systemPackages"),
        .. Shared(manifest.Images.HttpProxy, "--http-proxy", "httpProxy"),
        .. Shared(Joined(manifest.Images.NoProxy), "--no-proxy", "noProxy"),
        .. Shared(manifest.Images.CranMirror, "--cran-mirror", "cranMirror"),
    ];

    private IEnumerable<Option> Only(string? value, string name, string key) => value is null ? [] : [Own(name, key, value)];

    private static IEnumerable<Option> Shared(string? value, string name, string key) => value is null ? [] : [new(name, $"images.{key}", value)];

    private Option Own(string name, string key, string? value = null) => new(name, $"images.{kind.Key}.{key}", value);

    private static string? Joined(IReadOnlyList<string> items) => items is [] ? null : string.Join(',', items);

    private sealed record Option(string Name, string Key, string? Value);
}
