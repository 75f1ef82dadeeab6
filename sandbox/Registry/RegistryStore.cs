using System.Security.Cryptography;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>The content of registries: files named by their digest, and one file a repository that says what belongs to it.</summary>
internal sealed class RegistryStore(string folder)
{
    private const string Algorithm = "sha256:";
    private const string Mark = "born";

    /// <summary>Held while what a repository is made of is read or changed.</summary>
    public Lock Gate { get; } = new();

    public static bool IsDigest(string text) => text.StartsWith(Algorithm, StringComparison.Ordinal) && text.Length == Algorithm.Length + 64 && text[Algorithm.Length..].All(char.IsAsciiHexDigitLower);

    public static string DigestOf(Stream content) => Algorithm + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>What a registry of an earlier life left under this name goes.</summary>
    public void Claim(RegistryAccount registry)
    {
        lock (Gate)
        {
            var (own, mark) = (FolderOf(registry), Path.Combine(FolderOf(registry), Mark));
            if (File.Exists(mark) && File.ReadAllText(mark) == registry.Born) return;
            if (Directory.Exists(own)) Directory.Delete(own, recursive: true);
            foreach (var part in (string[])["content", "uploads", "repositories"]) Directory.CreateDirectory(Path.Combine(own, part));
            File.WriteAllText(mark, registry.Born);
        }
    }

    public string ContentFile(RegistryAccount registry, string digest) => Path.Combine(FolderOf(registry), "content", digest[Algorithm.Length..]);

    public string UploadFile(RegistryAccount registry, string id) => Path.Combine(FolderOf(registry), "uploads", id);

    /// <summary>Keeps what was uploaded under its digest.</summary>
    public void Keep(RegistryAccount registry, string upload, string digest) => File.Move(upload, ContentFile(registry, digest), overwrite: true);

    /// <summary>A repository; empty and not yet there when nothing was pushed to it.</summary>
    public StoredRepository Open(RegistryAccount registry, string name) =>
        File.Exists(FileOf(registry, name)) ? JsonSerializer.Deserialize<StoredRepository>(File.ReadAllText(FileOf(registry, name)))! : new StoredRepository { Name = name };

    public void Save(RegistryAccount registry, StoredRepository repository) =>
        StateFolder.WritePrivate(FileOf(registry, repository.Name), JsonSerializer.Serialize(repository));

    /// <summary>The names of the repositories that hold a manifest, in order.</summary>
    public IReadOnlyList<string> Names(RegistryAccount registry) =>
        [.. Directory.EnumerateFiles(Path.Combine(FolderOf(registry), "repositories"), "*.json")
            .Select(file => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file)))
            .Where(name => Open(registry, name).Manifests.Count > 0)
            .Order(StringComparer.Ordinal)];

    private string FolderOf(RegistryAccount registry) => Path.Combine(folder, registry.Name);

    private string FileOf(RegistryAccount registry, string name) => Path.Combine(FolderOf(registry), "repositories", Uri.EscapeDataString(name) + ".json");
}

/// <summary>What belongs to one repository.</summary>
internal sealed class StoredRepository
{
    public required string Name { get; init; }

    /// <summary>Digests of layers and configurations.</summary>
    public HashSet<string> Blobs { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Digest → media type.</summary>
    public Dictionary<string, string> Manifests { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Tag → digest.</summary>
    public SortedDictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    public string? DigestOf(string reference)
    {
        var digest = RegistryStore.IsDigest(reference) ? reference : Tags.GetValueOrDefault(reference);
        return digest is not null && Manifests.ContainsKey(digest) ? digest : null;
    }
}
