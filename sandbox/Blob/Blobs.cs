using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>Requests for one blob.</summary>
internal sealed class Blobs(BlobStore store, Containers containers)
{
    public BlobAnswer Serve(BlobCall call)
    {
        if (!containers.Has(call.Account, call.Container)) throw BlobRefusal.ContainerMissing();

        var old = store.Find(call.Account, call.Container, call.Blob);
        return (call.Request.Method, call.Request.Query["comp"].ToString()) switch
        {
            ("PUT", "") => Put(call, old),
            ("PUT", "metadata") => PutMetadata(call, Existing(old)),
            ("PUT", "lease") => Lease(call, Existing(old)),
            ("GET" or "HEAD", "") => Get(call, Existing(old)),
            ("DELETE", "") => Delete(call, Existing(old)),
            _ => throw new BlobRefusal(400, "InvalidQueryParameterValue", "The sandbox's blob service knows no such request for a blob."),
        };
    }

    private BlobAnswer Put(BlobCall call, StoredBlob? old)
    {
        if (call.Required("x-ms-blob-type") != "BlockBlob") throw BlobRefusal.InvalidHeader("x-ms-blob-type");
        if (call.Header("If-None-Match") == "*" && old is not null) throw BlobRefusal.Conflict("BlobAlreadyExists", "The specified blob already exists.");

        Match(call, old);
        (old?.Lease ?? BlobLease.None).GuardWrite(call.LeaseId, call.Now);
        return Save(call, 201, new StoredBlob
        {
            Name = call.Blob,
            Content = call.Body,
            ContentType = call.Header("x-ms-blob-content-type") ?? call.Request.ContentType ?? "application/octet-stream",
            Created = old?.Created ?? call.Now,
            Modified = call.Now,
            ETag = NewETag(),
            Metadata = call.Metadata(),
            Lease = (old?.Lease ?? BlobLease.None).AfterWrite(call.Now),
        });
    }

    private BlobAnswer PutMetadata(BlobCall call, StoredBlob old)
    {
        Match(call, old);
        old.Lease.GuardWrite(call.LeaseId, call.Now);
        return Save(call, 200, old with { Metadata = call.Metadata(), Modified = call.Now, ETag = NewETag(), Lease = old.Lease.AfterWrite(call.Now) });
    }

    private static BlobAnswer Get(BlobCall call, StoredBlob blob)
    {
        if (call.Header("If-None-Match") == blob.ETag) return new BlobAnswer(304, new Dictionary<string, string>(StringComparer.Ordinal) { ["ETag"] = blob.ETag });

        Match(call, blob);
        blob.Lease.GuardRead(call.LeaseId, call.Now);
        var headers = Headers(blob);
        foreach (var (name, value) in blob.Metadata) headers[$"x-ms-meta-{name}"] = value;
        foreach (var (name, value) in LeaseHeaders(blob.Lease, call.Now)) headers[name] = value;
        headers["Content-Type"] = blob.ContentType;
        headers["x-ms-blob-type"] = "BlockBlob";
        headers["x-ms-creation-time"] = blob.Created.ToString("R", CultureInfo.InvariantCulture);
        return new BlobAnswer(200, headers, blob.Content);
    }

    private BlobAnswer Delete(BlobCall call, StoredBlob blob)
    {
        Match(call, blob);
        blob.Lease.GuardWrite(call.LeaseId, call.Now);
        store.Remove(call.Account, call.Container, call.Blob);
        return new BlobAnswer(202, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private BlobAnswer Lease(BlobCall call, StoredBlob blob)
    {
        Match(call, blob);
        var (status, lease) = LeaseRequest.Serve(call, blob.Lease);
        store.Save(call.Account, call.Container, blob with { Lease = lease });

        var headers = Headers(blob);
        if (status == 202) headers["x-ms-lease-time"] = lease.Remaining(call.Now).ToString(CultureInfo.InvariantCulture);
        else if (lease.Id is not null) headers["x-ms-lease-id"] = lease.Id;
        return new BlobAnswer(status, headers);
    }

    private BlobAnswer Save(BlobCall call, int status, StoredBlob blob)
    {
        store.Save(call.Account, call.Container, blob);
        return new BlobAnswer(status, Headers(blob));
    }

    private static StoredBlob Existing(StoredBlob? blob) => blob ?? throw BlobRefusal.BlobMissing();

    private static void Match(BlobCall call, StoredBlob? blob)
    {
        if (call.Header("If-Match") is not { } wanted || (blob is not null && (wanted == "*" || wanted == blob.ETag))) return;
        throw BlobRefusal.Precondition("ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
    }

    private static string NewETag() => $"\"0x{Guid.NewGuid().ToString("N").ToUpperInvariant()[..15]}\"";

    private static Dictionary<string, string> Headers(StoredBlob blob) => new(StringComparer.Ordinal)
    {
        ["ETag"] = blob.ETag,
        ["Last-Modified"] = blob.Modified.ToString("R", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<(string Name, string Value)> LeaseHeaders(BlobLease lease, DateTimeOffset now)
    {
        var state = lease.At(now);
        yield return ("x-ms-lease-state", state.ToString().ToLowerInvariant());
        yield return ("x-ms-lease-status", state is LeaseState.Leased or LeaseState.Breaking ? "locked" : "unlocked");
        if (state == LeaseState.Leased) yield return ("x-ms-lease-duration", lease.Seconds == BlobLease.Infinite ? "infinite" : "fixed");
    }
}
