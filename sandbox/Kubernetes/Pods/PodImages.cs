namespace DssPipeline.Sandbox;

/// <summary>Pulls images as the kubelet of a cluster: from registries of Resource Manager when its identity may, and a few that the whole world knows.</summary>
internal sealed class PodImages(RegistryImages registries)
{
    /// <summary>What the pods that run them reach.</summary>
    public required PodNetwork Network { get; init; }

    // What the internet of the sandbox has.
    private static readonly string[] Public =
    [
        "docker.io/library/busybox", "docker.io/library/alpine", "docker.io/library/python", "docker.io/library/debian", "docker.io/library/ubuntu", "docker.io/library/almalinux",
        "mcr.microsoft.com/cbl-mariner/busybox", "mcr.microsoft.com/cbl-mariner/base/core", "mcr.microsoft.com/azurelinux/busybox", "mcr.microsoft.com/azurelinux/base/core", "mcr.microsoft.com/azurelinux/base/python", "registry.k8s.io/pause",
    ];

    public PulledImage Pull(ClusterFacts cluster, string image)
    {
        var (registry, repository, reference) = Parse(image);
        if (!registry.EndsWith(Registries.Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return Public.Contains($"{registry}/{repository}", StringComparer.Ordinal) ? new(Digest(image), new RegistryImage(Digest(image)), null)
                : new("", null, $"failed to resolve reference \"{Full(image)}\": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed");
        }

        if (registries.Registry(registry) is not { } found) return new("", null, $"failed to resolve reference \"{Full(image)}\": failed to do request: Head \"https://{registry}/v2/{repository}/manifests/{reference}\": dial tcp: lookup {registry}: no such host");
        if (!registries.MayPull(cluster, found)) return new("", null, $"failed to resolve reference \"{Full(image)}\": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://{registry}/oauth2/token?scope=repository%3A{Uri.EscapeDataString(repository)}%3Apull&service={registry}: 401 Unauthorized");

        return registries.Find(found, repository, reference) is { } there ? new(there.Digest, there, null) : new("", null, $"failed to resolve reference \"{Full(image)}\": {Full(image)}: not found");
    }

    /// <summary>The name of an image with its registry and tag, as containerd spells it.</summary>
    public static string Full(string image)
    {
        var (registry, repository, reference) = Parse(image);
        return $"{registry}/{repository}{(reference.Contains(':', StringComparison.Ordinal) ? '@' : ':')}{reference}";
    }

    private static (string Registry, string Repository, string Reference) Parse(string image)
    {
        var (rest, reference) = image.Split('@', 2) is [var named, var digest] ? (named, digest) : (image, "");
        if (reference.Length == 0) (rest, reference) = rest.Split('/')[^1].Split(':', 2) is [_, var tag] ? (rest[..^(tag.Length + 1)], tag) : (rest, "latest");
        if (rest.Split('/', 2) is [var first, var below] && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal))) return (first, below, reference);

        return ("docker.io", rest.Contains('/', StringComparison.Ordinal) ? rest : $"library/{rest}", reference);
    }

    private static string Digest(string image) => $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(image)))}";
}

/// <summary>An image on a node, or why it is not there.</summary>
internal sealed record PulledImage(string Digest, RegistryImage? Image, string? Problem);
