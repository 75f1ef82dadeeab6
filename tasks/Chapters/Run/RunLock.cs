using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The lock of one deployment: taken by a run that has something to do, given back at its end, gone within a minute when the run dies.</summary>
internal sealed class RunLock(Deployment deployment)
{
    private HeldLease? held;

    /// <summary>Whether this run has the lock.</summary>
    public bool IsHeld => held is not null;

    /// <summary>Cancelled when the run is, and when the lock is lost.</summary>
    public CancellationToken Cancel => held?.Cancel ?? deployment.Cancel;

    /// <summary>Why the lock was lost; null while it was not.</summary>
    public Problem? Loss => held?.Loss;

    private LockPlace? Place => LockPlace.Of(deployment.Needed());

    /// <summary>Takes the lock; where that is not possible, says in a line why the run goes on without.</summary>
    /// <returns>The run that has it instead; null when there is none.</returns>
    public async Task<LeaseOccupied?> TakeAsync()
    {
        if (!deployment.Needed().Policy.RunLock.Enabled) return null;

        var reply = await AskAsync();
        if (reply is LeaseTaken taken) held = taken.Lease;
        return reply as LeaseOccupied;
    }

    /// <summary>Gives the lock back, when there is one. Nothing may be written after this.</summary>
    public async Task ReleaseAsync()
    {
        if (held is not null && await held.ReleaseAsync() is { } error) deployment.Audience.Say(LockWords.Left(error));
    }

    /// <summary>The resources, of which those that keep the lock let go of it before they are removed.</summary>
    public IEnumerable<Part> Minding(IEnumerable<Part> parts) =>
        Place is { } place ? parts.Select(part => part with { Resources = [.. part.Resources.Select(resource => place.Keeps(resource) ? new LockKeeper(resource, GoAsync) : resource)] }) : parts;

    private async Task<LeaseReply?> AskAsync()
    {
        if (Place is not { } place) return Without("it is kept in a storage account, and adls names none that fits policy.runLock.");
        // Account names are unique in all of Azure: one that is not ours yet may be somebody else's, who gets no token of this run.
        if (await deployment.Arm.ObserveAsync(place.Container, deployment.Cancel) is null) return Without(LockWords.NotYet(place.Blob));

        var holder = new LockHolder(Environment.GetEnvironmentVariable).At(deployment.Clock.GetUtcNow());
        var reply = await deployment.Leases.TakeAsync(place.Blob, holder, deployment.Cancel);
        return reply is LeaseOutOfReach closed ? Without(LockWords.Closed(place.Blob, closed.Error)) : reply;
    }

    private LeaseReply? Without(string why)
    {
        deployment.Audience.Say($"Without a lock: {why}");
        return null;
    }

    private async Task GoAsync()
    {
        if (!IsHeld || Loss is not null) return;

        deployment.Audience.Say("The lock is given back: what it is kept in is removed now.");
        await ReleaseAsync();
    }
}
