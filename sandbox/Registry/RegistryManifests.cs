using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Manifests of images and lists of them, by tag and by digest.</summary>
internal sealed class RegistryManifests(RegistryStore store)
{
    private const int Largest = 4 * 1024 * 1024;

    public Task ServeAsync(RegistryCall call, string repository, string reference) => call.Method switch
    {
        "GET" or "HEAD" => ReadAsync(call, repository, reference),
        "PUT" => WriteAsync(call, repository, reference),
        "DELETE" => DeleteAsync(call, repository, reference),
        _ => throw RegistryRefusal.Unsupported(),
    };

    private async Task ReadAsync(RegistryCall call, string repository, string reference)
    {
        var (digest, type, bytes) = Find(call, repository, reference);
        if (ManifestForm.Refusal(type, call.Request.Headers.Accept.ToString()) is { } refusal) throw RegistryRefusal.NoManifest(refusal);

        call.Response.Headers["Docker-Content-Digest"] = digest;
        call.Response.Headers.ETag = $"\"{digest}\"";
        call.Response.ContentType = type;
        call.Response.ContentLength = bytes.Length;
        if (call.Method == "GET") await call.Response.Body.WriteAsync(bytes, call.Cancel);
    }

    private (string Digest, string Type, byte[] Bytes) Find(RegistryCall call, string repository, string reference)
    {
        lock (store.Gate)
        {
            var held = store.Open(call.Registry, repository);
            var digest = held.DigestOf(reference) ?? throw Unknown(held, reference);
            return (digest, held.Manifests[digest], File.ReadAllBytes(store.ContentFile(call.Registry, digest)));
        }
    }

    private async Task WriteAsync(RegistryCall call, string repository, string reference)
    {
        var bytes = await BodyAsync(call);
        using var content = new MemoryStream(bytes);
        var digest = RegistryStore.DigestOf(content);
        var byDigest = RegistryStore.IsDigest(reference);
        if (byDigest && reference != digest) throw RegistryRefusal.BadDigest();
        if (!byDigest && !RegistryNames.IsTag(reference)) throw new RegistryRefusal(400, "TAG_INVALID", "manifest tag did not match URI");

        Keep(call, repository, byDigest ? null : reference, digest, bytes);
        await call.DoneAsync(201, ("Location", call.Address($"/v2/{repository}/manifests/{digest}")), ("Docker-Content-Digest", digest));
    }

    private void Keep(RegistryCall call, string repository, string? tag, string digest, byte[] bytes)
    {
        lock (store.Gate)
        {
            var held = store.Open(call.Registry, repository);
            held.Manifests[digest] = ManifestForm.Check(bytes, call.Request.ContentType, held);
            if (tag is not null) held.Tags[tag] = digest;
            File.WriteAllBytes(store.ContentFile(call.Registry, digest), bytes);
            store.Save(call.Registry, held);
        }
    }

    private Task DeleteAsync(RegistryCall call, string repository, string reference)
    {
        // A tag is taken off another way; here it would leave one guessing what of the image stays.
        if (!RegistryStore.IsDigest(reference)) throw RegistryRefusal.Unsupported();
        lock (store.Gate)
        {
            var held = store.Open(call.Registry, repository);
            if (!held.Manifests.Remove(reference)) throw Unknown(held, reference);
            foreach (var tag in held.Tags.Where(tag => tag.Value == reference).Select(tag => tag.Key).ToList()) held.Tags.Remove(tag);
            store.Save(call.Registry, held);
        }

        return call.DoneAsync(202);
    }

    private static RegistryRefusal Unknown(StoredRepository held, string reference) => held.Manifests.Count == 0
        ? RegistryRefusal.NoRepository(held.Name)
        : RegistryRefusal.NoManifest($"manifest tagged by \"{reference}\" is not found", new System.Text.Json.Nodes.JsonObject { ["Tag"] = reference });

    private static async Task<byte[]> BodyAsync(RegistryCall call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.Cancel);
        return body.Length <= Largest ? body.ToArray() : throw new RegistryRefusal(StatusCodes.Status413PayloadTooLarge, "MANIFEST_INVALID", "manifest too large");
    }
}
