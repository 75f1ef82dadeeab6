namespace DssPipeline.Sandbox;

/// <summary>Reads a lease request and moves the lease.</summary>
internal static class LeaseRequest
{
    public static (int Status, BlobLease Lease) Serve(BlobCall call, BlobLease lease) => call.Required("x-ms-lease-action").ToLowerInvariant() switch
    {
        "acquire" => (201, lease.Acquire(call.GuidHeader("x-ms-proposed-lease-id"), Duration(call), call.Now)),
        "renew" => (200, lease.Renew(Id(call), call.Now)),
        "change" => (200, lease.Change(Id(call), call.GuidHeader("x-ms-proposed-lease-id") ?? throw BlobRefusal.MissingHeader("x-ms-proposed-lease-id"), call.Now)),
        "release" => (200, lease.Release(Id(call))),
        "break" => (202, lease.Break(Period(call), call.Now)),
        _ => throw BlobRefusal.InvalidHeader("x-ms-lease-action"),
    };

    private static string Id(BlobCall call) => call.GuidHeader("x-ms-lease-id") ?? throw BlobRefusal.MissingHeader("x-ms-lease-id");

    private static int Duration(BlobCall call) => call.NumberHeader("x-ms-lease-duration") switch
    {
        null => throw BlobRefusal.MissingHeader("x-ms-lease-duration"),
        BlobLease.Infinite => BlobLease.Infinite,
        >= 15 and <= 60 and var seconds => seconds,
        _ => throw BlobRefusal.InvalidHeader("x-ms-lease-duration"),
    };

    private static int? Period(BlobCall call) => call.NumberHeader("x-ms-lease-break-period") switch
    {
        null => null,
        >= 0 and <= 60 and var seconds => seconds,
        _ => throw BlobRefusal.InvalidHeader("x-ms-lease-break-period"),
    };
}
