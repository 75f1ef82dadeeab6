using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A lease that is ours: renewed in the background until it is released, or until it is lost.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    // Pause, deadline and one attempt together stay below the term, so a lease that cannot be renewed is given up while it is still ours.
    private static readonly RetryOptions Renewing = new() { Attempts = 12, Longest = TimeSpan.FromSeconds(5), Deadline = TimeSpan.FromSeconds(25), Attempt = TimeSpan.FromSeconds(10) };
    private static readonly RetryOptions Releasing = new() { Attempts = 3, Longest = TimeSpan.FromSeconds(2), Deadline = TimeSpan.FromSeconds(10), Attempt = TimeSpan.FromSeconds(10) };

    private readonly BlobSender sender;
    private readonly LeaseOf lease;
    private readonly Redactor redactor;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenSource going;
    private readonly Task renewing;
    private readonly Lazy<Task<RemoteError?>> release;

    internal HeldLease(BlobSender sender, LeaseOf lease, Redactor redactor, TimeProvider clock, CancellationToken cancel)
    {
        (this.sender, this.lease, this.redactor, this.clock) = (sender, lease, redactor, clock);
        going = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Cancel = going.Token;
        release = new(EndAsync);
        renewing = RenewAsync();
    }

    /// <summary>Cancelled when the run is, and when the lease is lost: whatever is done under the lease ends with this.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Why the lease was lost; null as long as it is ours, and after it was released.</summary>
    public Problem? Loss { get; private set; }

    /// <summary>Gives the lease back, once; whoever asks again waits for the same.</summary>
    /// <returns>Why the remote did not take it back, so that it ends by itself; null when it did.</returns>
    public Task<RemoteError?> ReleaseAsync() => release.Value;

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        going.Dispose();
        over.Dispose();
    }

    private async Task<RemoteError?> EndAsync()
    {
        await over.CancelAsync();
        await renewing;
        if (Loss is not null) return null;

        var error = await SendAsync("release", Releasing, CancellationToken.None);
        // An answer that was lost on its way, or a container that is gone: there is no lease of ours any more.
        return error is null or { Status: 404 or 409 or 412 } ? null : error;
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, clock, over.Token);
                if (await SendAsync("renew", Renewing, over.Token) is not { } error) continue;

                if (!over.IsCancellationRequested) await LoseAsync(ArmProblems.Tell(error, lease.Blob.ToString(), redactor).Problems[0].Detail);
                return;
            }
        }
        catch (Exception failure)
        {
            // Whatever ended the renewing but a release: from here on nobody keeps the others out.
            if (!over.IsCancellationRequested) await LoseAsync(redactor.Clean(failure.Message));
        }
    }

    private async Task LoseAsync(string why)
    {
        Loss = new("The lock was lost", $"{lease.Blob} could not be renewed, so another run may begin. Nothing more was begun here. {why} Run again: it looks first, and goes on from there.");
        await going.CancelAsync();
    }

    /// <summary>Null when it was granted. Without a token there is no lease either.</summary>
    private async Task<RemoteError?> SendAsync(string action, RetryOptions patience, CancellationToken cancel)
    {
        try
        {
            return (await sender.SendAsync(new(HttpMethod.Put, lease.Blob, "?comp=lease", ("x-ms-lease-action", action), ("x-ms-lease-id", lease.Id)), patience, cancel)).Error;
        }
        catch (ProblemException failure)
        {
            return new RemoteError(0, "SignInFailed", failure.Message);
        }
    }
}

/// <summary>One lease of one blob.</summary>
internal sealed record LeaseOf(BlobAddress Blob, string Id);
