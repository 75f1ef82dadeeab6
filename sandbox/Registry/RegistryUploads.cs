using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>Blobs on their way in: begun, sent in one piece or several, and kept once their digest is proven.</summary>
internal sealed class RegistryUploads(RegistryStore store)
{
    /// <summary>Begins an upload, unless the blob is taken over from another repository.</summary>
    public async Task BeginAsync(RegistryCall call, string repository, Func<RegistryGrant, bool> allows)
    {
        if (Mounted(call, repository, allows))
        {
            await KeptAsync(call, repository, call.Query("mount")!);
            return;
        }

        var id = Guid.NewGuid().ToString();
        await File.WriteAllBytesAsync(store.UploadFile(call.Registry, id), [], call.Cancel);
        if (call.Query("digest") is null) await TellAsync(call, repository, id, 202);
        else await FinishAsync(call, repository, id);
    }

    public Task ServeAsync(RegistryCall call, string repository, string id)
    {
        if (!Guid.TryParse(id, out _) || !File.Exists(store.UploadFile(call.Registry, id))) throw RegistryRefusal.NoUpload();
        switch (call.Method)
        {
            case "GET":
                return TellAsync(call, repository, id, 204);
            case "PATCH":
                return ContinueAsync(call, repository, id);
            case "PUT":
                return FinishAsync(call, repository, id);
            case "DELETE":
                File.Delete(store.UploadFile(call.Registry, id));
                return call.DoneAsync(204);
            default:
                throw RegistryRefusal.Unsupported();
        }
    }

    private async Task ContinueAsync(RegistryCall call, string repository, string id)
    {
        await AppendAsync(call, id);
        await TellAsync(call, repository, id, 202);
    }

    private async Task FinishAsync(RegistryCall call, string repository, string id)
    {
        var digest = call.Query("digest") ?? "";
        if (!RegistryStore.IsDigest(digest)) throw RegistryRefusal.BadDigest();

        await AppendAsync(call, id);
        var file = store.UploadFile(call.Registry, id);
        if (await DigestOfAsync(file) != digest)
        {
            File.Delete(file);
            throw RegistryRefusal.BadDigest();
        }

        lock (store.Gate)
        {
            store.Keep(call.Registry, file, digest);
            Add(call, repository, digest);
        }

        await KeptAsync(call, repository, digest);
    }

    private bool Mounted(RegistryCall call, string repository, Func<RegistryGrant, bool> allows)
    {
        if (call.Query("mount") is not { } digest || call.Query("from") is not { } source || !allows(RegistryGrant.Of(source, "pull"))) return false;
        lock (store.Gate)
        {
            if (!store.Open(call.Registry, source).Blobs.Contains(digest)) return false;
            Add(call, repository, digest);
            return true;
        }
    }

    private void Add(RegistryCall call, string repository, string digest)
    {
        var held = store.Open(call.Registry, repository);
        if (held.Blobs.Add(digest)) store.Save(call.Registry, held);
    }

    private async Task AppendAsync(RegistryCall call, string id)
    {
        await using var file = new FileStream(store.UploadFile(call.Registry, id), FileMode.Append);
        if (call.Request.Headers.ContentRange.ToString().Split('-')[0] is { Length: > 0 } start && start != file.Position.ToString(CultureInfo.InvariantCulture))
        {
            throw new RegistryRefusal(416, "BLOB_UPLOAD_INVALID", "blob upload invalid: this part does not follow the last one");
        }

        await call.Request.Body.CopyToAsync(file, call.Cancel);
    }

    private async Task TellAsync(RegistryCall call, string repository, string id, int status)
    {
        var length = new FileInfo(store.UploadFile(call.Registry, id)).Length;
        await call.DoneAsync(
            status,
            ("Location", call.Address($"/v2/{repository}/blobs/uploads/{id}")),
            ("Range", string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}")),
            ("Docker-Upload-Uuid", id));
    }

    private static Task KeptAsync(RegistryCall call, string repository, string digest) =>
        call.DoneAsync(201, ("Location", call.Address($"/v2/{repository}/blobs/{digest}")), ("Docker-Content-Digest", digest));

    private static async Task<string> DigestOfAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return RegistryStore.DigestOf(file);
    }
}
