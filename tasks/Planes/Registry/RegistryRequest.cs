namespace DssPipeline.Planes;

/// <summary>One question about a repository of a registry.</summary>
internal sealed record RegistryRequest(HttpMethod Method, string Registry, string Repository, string What)
{
    /// <summary>Whether it is named by its host, and so is none of Azure: asked as nobody.</summary>
    public bool IsForeign => Registry.AsSpan().ContainsAny('.', ':');

    /// <summary>Who is asked for tokens, and whom they are made out to.</summary>
    public string Service => IsForeign ? Registry : $"{Registry}{ImageRegistry.Suffix}";

    /// <summary>What a token must allow for it.</summary>
    public string Scope => $"repository:{Repository}:{(What.StartsWith("tags/", StringComparison.Ordinal) ? "metadata_read" : "pull")}";

    /// <summary>What it is about, for people.</summary>
    public string Subject => What.Length == 0 ? $"The registry {Service}" : What.StartsWith("tags/", StringComparison.Ordinal)
        ? $"The tags of {Service}/{Repository}"
        : $"The image {Service}/{Repository}{(What.Contains("sha256:", StringComparison.Ordinal) ? '@' : ':')}{What["manifests/".Length..]}";
}
