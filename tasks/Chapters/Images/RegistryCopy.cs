using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A base image in both of its places: the engine of the machine, and the registry that pods pull it from.</summary>
/// <param name="host">The registry as images are named after it.</param>
public sealed class RegistryCopy(Machine machine, ImageRegistry registry, Manifest manifest, BaseImageKind kind, string host)
{
    public BaseImageKind Kind => kind;

    public string Host => host;

    /// <summary>Whether the registry is one of Azure, which lets this run in.</summary>
    public bool IsAskable => IsAzure(host);

    /// <summary>What the machine is asked for it.</summary>
    public EngineImage Original { get; } = new(machine, manifest, kind);

    /// <summary>The registry as its client is told: by its name where Azure keeps it, or else by its host.</summary>
    public static string NameOf(string host) => IsAzure(host) ? host[..^ImageRegistry.Suffix.Length] : host;

    public static bool IsAzure(string host) => host.EndsWith(ImageRegistry.Suffix, StringComparison.Ordinal);

    /// <summary>What is where; null when the machine has no such image, so that nobody knows what it would be called.</summary>
    public async Task<RegistrySight?> LookAsync(CancellationToken cancel)
    {
        if (await machine.LookAsync(Original, cancel) is not { } fact) return null;

        var (image, id) = ($"{fact["image"]}", $"{fact["id"]}");
        var (repository, tag) = (image[..image.LastIndexOf(':')].Split('/')[^1], image[(image.LastIndexOf(':') + 1)..]);
        var name = $"{host}/{repository}";
        var there = await registry.FindAsync(NameOf(host), repository, tag, cancel);
        if (there is null) return new($"{name}:{tag}", id, null, null);

        // Engines that keep images as registries do call them by the digest of the registry, others by that of their configuration.
        var isSame = id == there.Digest || (fact["pushed"] as JsonArray ?? []).Any(pushed => $"{pushed}" == $"{name}@{there.Digest}");
        var holds = isSame ? id : await registry.ConfigurationAsync(NameOf(host), repository, there.Digest, cancel) ?? there.Digest;
        return new($"{name}:{tag}", id, there.Digest, holds);
    }
}

/// <summary>What was seen of a base image.</summary>
/// <param name="Name">With registry and tag.</param>
/// <param name="Id">What the engine of the machine calls it.</param>
/// <param name="Digest">Of what the registry has under that tag; null when it has none.</param>
/// <param name="Holds">What that is, as the engine would call it.</param>
public sealed record RegistrySight(string Name, string Id, string? Digest, string? Holds)
{
    public bool IsSame => Holds == Id;
}
