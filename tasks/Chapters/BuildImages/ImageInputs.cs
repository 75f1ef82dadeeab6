using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Everything a base image is built from, so that a plan names what changed.</summary>
public sealed class ImageInputs(Manifest manifest, BaseImageKind kind)
{
    private const string None = "none";

    public BaseImageSection Wish { get; } = kind.Of(manifest.Images);

    /// <summary>Every input is there, also one that says nothing: else taking it out of the manifest would change nothing.</summary>
    public JsonObject Document => (JsonObject)Json.Of(new
    {
        dssVersion = manifest.Dss.Version,
        sparkVersion = kind == BaseImageKind.Spark ? manifest.Dss.SparkVersion ?? "of the kit" : None,
        mode = KeyShape.Camel(Wish.Mode.ToString()),
        sourceImage = Wish.SourceImage ?? None,
        distribution = Wish.Distribution ?? "of the kit",
        r = Wish.R,
        python = Listed(Wish.Python),
        cudaVersion = Wish.CudaVersion ?? None,
        systemPackages = Listed(Wish.SystemPackages),
        dockerfilePrepend = Digest(Wish.DockerfilePrepend),
        dockerfileAppend = Digest(Wish.DockerfileAppend),
        buildOptions = Digest(Wish.BuildOptions),
        proxy = Digest(manifest.Images.HttpProxy is { } proxy ? [proxy, .. manifest.Images.NoProxy] : []),
        cranMirror = Digest(manifest.Images.CranMirror),
    });

    /// <summary>What an image says it was built from. An input that it does not know, because it is older than the input, was none.</summary>
    public JsonObject Filled(JsonObject observed)
    {
        foreach (var (name, _) in Document) observed.TryAdd(name, None);
        return observed;
    }

    private static string Listed(IReadOnlyList<string> items) => items is [] ? None : string.Join(' ', items.Order(StringComparer.Ordinal));

    /// <summary>Long texts, and those in which people put passwords, are told by their digest: the image carries them, and images travel.</summary>
    private static string Digest(params IReadOnlyList<string?> parts) =>
        parts.All(string.IsNullOrEmpty) ? None : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..16];
}
