using System.Globalization;
using System.Net.Http.Headers;

namespace DssPipeline.Sandbox;

/// <summary>Layers and configurations of images, whole or in part.</summary>
internal sealed class RegistryBlobs(RegistryStore store)
{
    public Task ServeAsync(RegistryCall call, string repository, string digest)
    {
        if (!RegistryStore.IsDigest(digest)) throw RegistryRefusal.BadDigest();
        lock (store.Gate)
        {
            var held = store.Open(call.Registry, repository);
            if (!held.Blobs.Contains(digest)) throw RegistryRefusal.NoBlob(digest);
            if (call.Method == "DELETE")
            {
                held.Blobs.Remove(digest);
                store.Save(call.Registry, held);
                return call.DoneAsync(202);
            }
        }

        return call.IsRead ? SendAsync(call, digest) : throw RegistryRefusal.Unsupported();
    }

    private async Task SendAsync(RegistryCall call, string digest)
    {
        await using var file = File.OpenRead(store.ContentFile(call.Registry, digest));
        var (from, length) = Part(call, file.Length);
        call.Response.StatusCode = length == file.Length ? 200 : 206;
        if (length != file.Length) call.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + length - 1}/{file.Length}");
        call.Response.Headers["Docker-Content-Digest"] = digest;
        call.Response.Headers.ETag = $"\"{digest}\"";
        call.Response.Headers.AcceptRanges = "bytes";
        call.Response.ContentType = "application/octet-stream";
        call.Response.ContentLength = length;
        if (call.Method == "HEAD") return;

        file.Position = from;
        var buffer = new byte[64 * 1024];
        for (var left = length; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), call.Cancel);
            await call.Response.Body.WriteAsync(buffer.AsMemory(0, read), call.Cancel);
            left -= read;
        }
    }

    /// <summary>The part of so many bytes that is asked for: one range, or all of it.</summary>
    private static (long From, long Length) Part(RegistryCall call, long whole)
    {
        if (!RangeHeaderValue.TryParse(call.Request.Headers.Range.ToString(), out var range) || range.Ranges is not { Count: 1 }) return (0, whole);

        var asked = range.Ranges.Single();
        var from = asked.From ?? Math.Max(0, whole - asked.To!.Value);
        var to = asked.From is null ? whole - 1 : Math.Min(asked.To ?? long.MaxValue, whole - 1);
        if (from > to) throw new RegistryRefusal(416, "RANGE_INVALID", "invalid content range");
        return (from, to - from + 1);
    }
}
