using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>Containers as folders and blobs as files, named by a digest because blob names do not fit file names.</summary>
internal sealed class BlobStore(string folder)
{
    public bool HasContainer(string account, string container) => Directory.Exists(FolderOf(account, container));

    public IEnumerable<string> Containers(string account)
    {
        var home = Path.Combine(folder, Uri.EscapeDataString(account));
        return Directory.Exists(home) ? Directory.EnumerateDirectories(home).Select(path => Uri.UnescapeDataString(Path.GetFileName(path))) : [];
    }

    public void AddContainer(string account, string container) => Directory.CreateDirectory(FolderOf(account, container));

    public void RemoveContainer(string account, string container) => Directory.Delete(FolderOf(account, container), recursive: true);

    public StoredBlob? Find(string account, string container, string blob)
    {
        var file = FileOf(account, container, blob);
        return File.Exists(file) ? Read(file) : null;
    }

    public IReadOnlyList<StoredBlob> List(string account, string container) =>
        [.. Directory.EnumerateFiles(FolderOf(account, container), "*.json").Select(Read).OrderBy(blob => blob.Name, StringComparer.Ordinal)];

    public void Save(string account, string container, StoredBlob blob) =>
        StateFolder.WritePrivate(FileOf(account, container, blob.Name), JsonSerializer.Serialize(blob));

    public void Remove(string account, string container, string blob) => File.Delete(FileOf(account, container, blob));

    private static StoredBlob Read(string file) => JsonSerializer.Deserialize<StoredBlob>(File.ReadAllBytes(file))!;

    private string FolderOf(string account, string container) =>
        Path.Combine(folder, Uri.EscapeDataString(account), Uri.EscapeDataString(container));

    private string FileOf(string account, string container, string blob) =>
        Path.Combine(FolderOf(account, container), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blob))) + ".json");
}
