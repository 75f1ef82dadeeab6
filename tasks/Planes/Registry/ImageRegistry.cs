using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What container registries hold: asked through their own API, never changed.</summary>
public sealed class ImageRegistry(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider? time = null)
{
    /// <summary>What follows the name of a registry of Azure in its address.</summary>
    public const string Suffix = ".azurecr.io";

    /// <summary>The user as whom those sign in who show a token.</summary>
    public const string Nobody = "00000000-0000-0000-0000-000000000000";

    private readonly RegistrySender sender = new(endpoints, credential, redactor, time ?? TimeProvider.System);

    /// <summary>How many tags are asked for at a time.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The image behind a tag or a digest; null when the registry has none.</summary>
    /// <exception cref="ProblemException">The registry cannot be reached, or does not let this run in.</exception>
    public async Task<RegistryImage?> FindAsync(string registry, string repository, string reference, CancellationToken cancel)
    {
        var request = new RegistryRequest(HttpMethod.Head, registry, repository, $"manifests/{reference}");
        var answer = await sender.SendAsync(request, cancel);
        if (answer.IsAbsent) return null;
        if (answer.Error is { } error) throw RegistryProblems.Tell(error, request, redactor);

        return answer.Header("Docker-Content-Digest") is { } digest
            ? new RegistryImage(digest, answer.Header("Content-Type") ?? "")
            : throw RegistryProblems.Tell(new(answer.Status, "NoDigest", "The answer has no Docker-Content-Digest."), request, redactor);
    }

    /// <summary>The digest of the configuration of an image, which Docker's own store takes for its id; null where the digest names a list of images.</summary>
    /// <exception cref="ProblemException">The registry cannot be reached, or does not let this run in.</exception>
    public async Task<string?> ConfigurationAsync(string registry, string repository, string digest, CancellationToken cancel)
    {
        var request = new RegistryRequest(HttpMethod.Get, registry, repository, $"manifests/{digest}");
        var answer = await sender.SendAsync(request, cancel);
        return answer.Error is { } error && !answer.IsAbsent ? throw RegistryProblems.Tell(error, request, redactor) : Pointer.At(answer.Body, "/config/digest")?.ToString();
    }

    /// <summary>What docker signs in with for this run, as the user <see cref="Nobody"/>; it lives for some hours.</summary>
    /// <exception cref="ProblemException">The registry cannot be reached, or knows nobody of this name.</exception>
    public async Task<Secret> SignInAsync(string registry, CancellationToken cancel)
    {
        var request = new RegistryRequest(HttpMethod.Post, registry, "", "");
        var (token, answer) = await sender.SignInAsync(request, cancel);
        return token is null ? throw RegistryProblems.Tell(answer.Error ?? new(answer.Status, "NoToken", "There is no token."), request, redactor) : redactor.Add(new Secret(token));
    }

    /// <summary>The tags of a repository, in the order of the registry; none when it has no such repository.</summary>
    /// <exception cref="ProblemException">The registry cannot be reached, or does not let this run in.</exception>
    public async Task<IReadOnlyList<string>> TagsAsync(string registry, string repository, CancellationToken cancel)
    {
        var tags = new List<string>();
        for (var query = $"?n={PageSize}"; query is not null;)
        {
            var request = new RegistryRequest(HttpMethod.Get, registry, repository, $"tags/list{query}");
            var answer = await sender.SendAsync(request, cancel);
            if (answer.IsAbsent) return tags;
            if (answer.Error is { } error) throw RegistryProblems.Tell(error, request, redactor);

            tags.AddRange((Pointer.Member(answer.Body, "tags") as JsonArray ?? []).Select(tag => (string)tag!));
            query = answer.NextQuery;
        }

        return tags;
    }
}

/// <summary>An image as a registry names it.</summary>
public sealed record RegistryImage(string Digest, string MediaType);
