using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The images that the registries of the sandbox hold, and who may pull them.</summary>
internal sealed class RegistryImages(Registries registries, RegistryStore store, RegistryRights rights, Applications applications)
{
    public RegistryAccount? Registry(string server) => registries.Find(server[..^Registries.Suffix.Length]);

    public bool MayPull(ClusterFacts cluster, RegistryAccount registry)
    {
        if (registry.AnonymousPull) return true;

        var application = cluster.Text("properties.servicePrincipalProfile.clientId");
        var principal = cluster.Text("properties.identityProfile.kubeletidentity.objectId") ?? (application is null ? null : applications.Find(application)?.Principal.ObjectId);

        // The directory of the sandbox knows few applications; another is taken at its word.
        return principal is null ? Guid.TryParse(application, out _) : rights.Of(registry, principal).Contains("pull");
    }

    /// <summary>An image by tag or digest, with what its configuration says; null when the registry has none.</summary>
    public RegistryImage? Find(RegistryAccount registry, string repository, string reference)
    {
        lock (store.Gate)
        {
            store.Claim(registry);
            if (store.Open(registry, repository).DigestOf(reference) is not { } digest) return null;

            var manifest = Read(registry, digest);
            if (Dotted.Items(manifest, "manifests").FirstOrDefault() is { } first) manifest = Read(registry, $"{first["digest"]}");
            var config = Dotted.Text(manifest, "config.digest") is { } blob ? Read(registry, blob)?["config"] : null;
            return new(digest)
            {
                Entrypoint = Words(config?["Entrypoint"]),
                Command = Words(config?["Cmd"]),
                Environment = Words(config?["Env"]).Select(entry => entry.Split('=', 2)).Where(entry => entry.Length == 2).ToDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal),
            };
        }
    }

    private JsonObject? Read(RegistryAccount registry, string digest)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(store.ContentFile(registry, digest))) as JsonObject;
        }
        catch (Exception problem) when (problem is IOException or System.Text.Json.JsonException)
        {
            // Some configurations say nothing about how to run.
            return null;
        }
    }

    private static List<string> Words(JsonNode? list) => [.. (list as JsonArray ?? []).Select(word => $"{word}")];
}

/// <summary>An image as its registry describes it.</summary>
internal sealed record RegistryImage(string Digest)
{
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
