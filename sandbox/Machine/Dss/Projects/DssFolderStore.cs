using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Where the files of a managed folder lie.</summary>
internal abstract class DssFolderStore
{
    public static DssFolderStore Of(DssInstance dss, JsonObject folder)
    {
        var connection = dss.Connections.Need(Dotted.Text(folder, "params.connection")!);
        var path = (Dotted.Text(folder, "params.path") ?? "").Replace("${projectKey}", (string?)folder["projectKey"], StringComparison.Ordinal).Replace("${odbId}", (string?)folder["id"], StringComparison.Ordinal).Trim('/');
        return (string?)connection["type"] switch
        {
            "Azure" => new InBlobs(new DssBlobStorage(dss, connection), Dotted.Text(folder, "params.container") ?? "", path),
            "Filesystem" => new OnDisk(Path.Combine(Dotted.Text(connection, "params.root")!, path)),
            var type => throw DssRefusal.Broken("java.lang.UnsupportedOperationException", $"Managed folders on {type} are not known to this stand-in"),
        };
    }

    public abstract Task<IReadOnlyList<(string Path, long Size, DateTimeOffset Modified)>> ListAsync();

    public abstract Task<byte[]?> ReadAsync(string path);

    public abstract Task WriteAsync(string path, byte[] content);

    public abstract Task DeleteAsync(string path);

    private sealed class InBlobs(DssBlobStorage storage, string container, string root) : DssFolderStore
    {
        private string Prefix => string.Concat(new[] { storage.Root.Trim('/'), root }.Where(part => part.Length > 0).Select(part => part + "/"));

        public override async Task<IReadOnlyList<(string Path, long Size, DateTimeOffset Modified)>> ListAsync() =>
            [.. (await storage.ListAsync(container, Prefix)).Select(blob => blob with { Path = blob.Path[Prefix.Length..] })];

        public override Task<byte[]?> ReadAsync(string path) => storage.ReadAsync(container, Prefix + path);

        public override Task WriteAsync(string path, byte[] content) => storage.WriteAsync(container, Prefix + path, content);

        public override Task DeleteAsync(string path) => storage.DeleteAsync(container, Prefix + path);
    }

    private sealed class OnDisk(string root) : DssFolderStore
    {
        public override Task<IReadOnlyList<(string Path, long Size, DateTimeOffset Modified)>> ListAsync() => Task.FromResult<IReadOnlyList<(string, long, DateTimeOffset)>>(
            !Directory.Exists(root) ? [] : [.. new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(root, file.FullName), file.Length, (DateTimeOffset)file.LastWriteTimeUtc))]);

        public override async Task<byte[]?> ReadAsync(string path) => File.Exists(Within(path)) ? await File.ReadAllBytesAsync(Within(path)) : null;

        public override async Task WriteAsync(string path, byte[] content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Within(path))!);
            await File.WriteAllBytesAsync(Within(path), content);
        }

        public override Task DeleteAsync(string path)
        {
            File.Delete(Within(path));
            return Task.CompletedTask;
        }

        private string Within(string path)
        {
            var file = Path.GetFullPath(Path.Combine(root, path));
            return file.StartsWith(Path.GetFullPath(root) + "/", StringComparison.Ordinal) ? file : throw DssRefusal.Invalid($"{path} leads out of the folder");
        }
    }
}
