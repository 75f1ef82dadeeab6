using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Leases on blobs: a lock with an owner and an end, which dies with its run.</summary>
public sealed class BlobLeases(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider clock)
{
    /// <summary>The longest that Azure grants without granting it for ever.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(60);

    private static readonly RetryOptions Asking = new() { Deadline = TimeSpan.FromMinutes(1), Attempt = TimeSpan.FromSeconds(30) };

    private readonly BlobSender sender = new(endpoints, credential, redactor, clock);

    /// <summary>Takes the lease of the blob, which is made when it is absent, and renews it from then on.</summary>
    /// <param name="cancel">Also ends what is done under the lease: see <see cref="HeldLease.Cancel"/>.</param>
    /// <exception cref="ProblemException">The blob service does not work, or nobody could sign in.</exception>
    public async Task<LeaseReply> TakeAsync(BlobAddress blob, LeaseHolder holder, CancellationToken cancel)
    {
        var id = Guid.NewGuid().ToString();
        var answer = await AcquireAsync(blob, id, cancel);
        if (answer.Error?.Code is "BlobNotFound") answer = await MakeAsync(blob, cancel) ?? await AcquireAsync(blob, id, cancel);
        if (answer.Error is { } error) return await RefusedAsync(blob, error, cancel);

        var lease = new HeldLease(sender, new LeaseOf(blob, id), redactor, clock, cancel);
        var told = await sender.SendAsync(new(HttpMethod.Put, blob, "?comp=metadata", [("x-ms-lease-id", id), .. holder.Headers]), Asking, cancel);
        if (told.Error is null) return new LeaseTaken(lease);

        await lease.DisposeAsync();
        return await RefusedAsync(blob, told.Error, cancel);
    }

    private Task<BlobAnswer> AcquireAsync(BlobAddress blob, string id, CancellationToken cancel) =>
        sender.SendAsync(new(HttpMethod.Put, blob, "?comp=lease", ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", $"{Term.TotalSeconds}"), ("x-ms-proposed-lease-id", id)), Asking, cancel);

    /// <summary>Null when the blob is there, whoever made it.</summary>
    private async Task<BlobAnswer?> MakeAsync(BlobAddress blob, CancellationToken cancel)
    {
        var answer = await sender.SendAsync(new(HttpMethod.Put, blob, "", ("x-ms-blob-type", "BlockBlob"), ("If-None-Match", "*")), Asking, cancel);
        return answer.Error is null or { Status: 409 or 412 } ? null : answer;
    }

    private async Task<LeaseReply> RefusedAsync(BlobAddress blob, RemoteError error, CancellationToken cancel) => error switch
    {
        { Status: 409 } => new LeaseOccupied(await HolderAsync(blob, cancel), clock.GetUtcNow() + Term),
        { Status: 0 or 401 or 403 or 404 } => new LeaseOutOfReach(error with { Message = redactor.Clean(error.Message) }),
        _ => throw ArmProblems.Tell(error, $"The lock {blob}", redactor),
    };

    private async Task<LeaseHolder> HolderAsync(BlobAddress blob, CancellationToken cancel) =>
        LeaseHolder.Read((await sender.SendAsync(new(HttpMethod.Head, blob, ""), Asking, cancel)).Words);
}
