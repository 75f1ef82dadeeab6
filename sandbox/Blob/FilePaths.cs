using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The blobs of an account as files and directories, as ABFS asks for them: appended to, flushed, listed, removed.</summary>
internal sealed class FilePaths(BlobStore store, Containers containers)
{
    private const string Folder = "hdi_isfolder";

    // What was appended and not flushed yet is nobody's to see.
    private readonly ConcurrentDictionary<string, byte[]> _appended = new(StringComparer.Ordinal);

    public BlobAnswer Serve(BlobCall call)
    {
        if (call.Blob.Length == 0) return System(call);
        if (!containers.Has(call.Account, call.Container)) throw NoSystem();

        var found = store.Find(call.Account, call.Container, call.Blob);
        return (call.Request.Method, call.Request.Query["action"].ToString()) switch
        {
            ("PUT", "") => Create(call, found),
            ("PATCH", "append") => Append(call, Existing(found)),
            ("PATCH", "flush") => Flush(call, Existing(found)),
            ("GET" or "HEAD", "" or "getStatus" or "getAccessControl") => Read(found ?? Implied(call)),
            ("DELETE", "") => Delete(call, found ?? Implied(call)),
            _ => throw new BlobRefusal(400, "InvalidQueryParameterValue", "The sandbox's file service knows no such request for a path."),
        };
    }

    private BlobAnswer System(BlobCall call)
    {
        var has = containers.Has(call.Account, call.Container);
        switch (call.Request.Method)
        {
            case "PUT" when has:
                throw BlobRefusal.Conflict("FilesystemAlreadyExists", "The specified filesystem already exists.");
            case "PUT":
                containers.Add(call.Account, call.Container);
                return Done(201);
            case "DELETE" when has:
                containers.Remove(call.Account, call.Container);
                return Done(202);
            case "HEAD" when has:
                return Done(200, ("x-ms-namespace-enabled", "true"));
            case "GET" when has:
                return List(call);
            default:
                throw NoSystem();
        }
    }

    private BlobAnswer Create(BlobCall call, StoredBlob? old)
    {
        if (old is not null && call.Header("If-None-Match") == "*") throw BlobRefusal.Conflict("PathAlreadyExists", "The specified path already exists.");

        var isFolder = call.Request.Query["resource"] == "directory";
        if (old is not null && IsFolder(old) && !isFolder) throw BlobRefusal.Conflict("ResourceTypeMismatch", "The resource type specified does not match the resource that exists.");
        return Save(call, 201, [], isFolder ? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [Folder] = "true" } : null);
    }

    private BlobAnswer Append(BlobCall call, StoredBlob file)
    {
        var before = _appended.GetValueOrDefault(Key(call), file.Content);
        if (Position(call) != before.Length) throw new BlobRefusal(400, "InvalidFlushPosition", "The uploaded data is not contiguous or the position query parameter value is not equal to the length of the file after appending the uploaded data.");

        _appended[Key(call)] = [.. before, .. call.Body];
        return Done(202);
    }

    private BlobAnswer Flush(BlobCall call, StoredBlob file)
    {
        var content = _appended.GetValueOrDefault(Key(call), file.Content);
        if (Position(call) != content.Length) throw new BlobRefusal(400, "InvalidFlushPosition", "The position query parameter value is not equal to the length of the file after appending the uploaded data.");

        _appended.TryRemove(Key(call), out _);
        return Save(call, 200, content, file.Metadata);
    }

    private static BlobAnswer Read(StoredBlob path)
    {
        var headers = Headers(path);
        headers["Content-Type"] = path.ContentType;
        headers["x-ms-resource-type"] = IsFolder(path) ? "directory" : "file";
        return new BlobAnswer(200, headers, path.Content);
    }

    private BlobAnswer Delete(BlobCall call, StoredBlob path)
    {
        var below = Below(call, call.Blob).ToList();
        if (below.Count > 0 && call.Request.Query["recursive"] != "true") throw BlobRefusal.Conflict("DirectoryNotEmpty", "The recursive query parameter value must be true to delete a non-empty directory.");

        foreach (var gone in below.Append(path)) store.Remove(call.Account, call.Container, gone.Name);
        return Done(200);
    }

    private BlobAnswer List(BlobCall call)
    {
        var (directory, recursive) = (call.Request.Query["directory"].ToString().Trim('/'), call.Request.Query["recursive"] == "true");
        var start = directory.Length == 0 ? 0 : directory.Length + 1;
        var paths = Below(call, directory).SelectMany(file => WithParents(file, start)).DistinctBy(path => path.Name, StringComparer.Ordinal)
            .Where(path => recursive || path.Name.IndexOf('/', start) < 0)
            .OrderBy(path => path.Name, StringComparer.Ordinal);
        return BlobAnswer.Json(new JsonObject { ["paths"] = new JsonArray([.. paths.Select(Entry)]) });
    }

    private static JsonObject Entry(StoredBlob path)
    {
        var entry = new JsonObject
        {
            ["name"] = path.Name,
            ["contentLength"] = path.Content.Length.ToString(CultureInfo.InvariantCulture),
            ["etag"] = path.ETag.Trim('"'),
            ["lastModified"] = path.Modified.ToString("R", CultureInfo.InvariantCulture),
        };
        if (IsFolder(path)) entry["isDirectory"] = "true";
        return entry;
    }

    /// <summary>The directories that must be there because something is in them.</summary>
    private static IEnumerable<StoredBlob> WithParents(StoredBlob file, int start)
    {
        yield return file;
        for (var end = file.Name.IndexOf('/', start); end >= 0; end = file.Name.IndexOf('/', end + 1)) yield return FolderOf(file.Name[..end], file);
    }

    private StoredBlob Implied(BlobCall call) => Below(call, call.Blob).FirstOrDefault() is { } inside ? FolderOf(call.Blob, inside) : throw NoPath();

    private static StoredBlob FolderOf(string name, StoredBlob inside) =>
        inside with { Name = name, Content = [], Metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [Folder] = "true" } };

    private IEnumerable<StoredBlob> Below(BlobCall call, string directory) => store.List(call.Account, call.Container)
        .Where(file => directory.Length == 0 || file.Name.StartsWith(directory + "/", StringComparison.Ordinal));

    private BlobAnswer Save(BlobCall call, int status, byte[] content, IReadOnlyDictionary<string, string>? metadata)
    {
        var file = new StoredBlob
        {
            Name = call.Blob,
            Content = content,
            ContentType = "application/octet-stream",
            Created = call.Now,
            Modified = call.Now,
            ETag = $"\"0x{Guid.NewGuid().ToString("N").ToUpperInvariant()[..15]}\"",
            Metadata = metadata ?? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        };
        store.Save(call.Account, call.Container, file);
        return new BlobAnswer(status, Headers(file));
    }

    private static bool IsFolder(StoredBlob path) => path.Metadata.ContainsKey(Folder);

    private static long Position(BlobCall call) => long.TryParse(call.Request.Query["position"], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        ? position
        : throw new BlobRefusal(400, "MissingRequiredQueryParameter", "A query parameter that's mandatory for this request is not specified: position.");

    private static StoredBlob Existing(StoredBlob? path) => path ?? throw NoPath();

    private static BlobRefusal NoPath() => new(404, "PathNotFound", "The specified path does not exist.");

    private static BlobRefusal NoSystem() => new(404, "FilesystemNotFound", "The specified filesystem does not exist.");

    private static string Key(BlobCall call) => $"{call.Account}/{call.Container}/{call.Blob}";

    private static Dictionary<string, string> Headers(StoredBlob path) => new(StringComparer.Ordinal)
    {
        ["ETag"] = path.ETag,
        ["Last-Modified"] = path.Modified.ToString("R", CultureInfo.InvariantCulture),
    };

    private static BlobAnswer Done(int status, params (string Name, string Value)[] headers) =>
        new(status, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal));
}
