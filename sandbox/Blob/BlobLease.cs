namespace DssPipeline.Sandbox;

/// <summary>The lease of a blob; time alone moves it from leased to expired and from breaking to broken.</summary>
internal sealed record BlobLease
{
    public const int Infinite = -1;

    public static BlobLease None { get; } = new();

    public string? Id { get; init; }

    public int Seconds { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? BreaksAt { get; init; }

    public LeaseState At(DateTimeOffset now) => this switch
    {
        { Id: null } => LeaseState.Available,
        { BreaksAt: { } breaks } => now < breaks ? LeaseState.Breaking : LeaseState.Broken,
        { ExpiresAt: { } expires } when now >= expires => LeaseState.Expired,
        _ => LeaseState.Leased,
    };

    public BlobLease Acquire(string? proposed, int seconds, DateTimeOffset now)
    {
        switch (At(now))
        {
            case LeaseState.Breaking when proposed == Id:
                throw BlobRefusal.Conflict("LeaseIsBreakingAndCannotBeAcquired", "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken.");
            case LeaseState.Breaking:
            case LeaseState.Leased when proposed != Id:
                throw BlobRefusal.Conflict("LeaseAlreadyPresent", "There is already a lease present.");
            default:
                return Held(proposed ?? Guid.NewGuid().ToString(), seconds, now);
        }
    }

    public BlobLease Renew(string id, DateTimeOffset now)
    {
        if (id != Id) throw Mismatch();
        if (At(now) is LeaseState.Breaking or LeaseState.Broken)
        {
            throw BlobRefusal.Conflict("LeaseIsBrokenAndCannotBeRenewed", "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.");
        }

        return Held(id, Seconds, now);
    }

    public BlobLease Change(string id, string proposed, DateTimeOffset now) => At(now) switch
    {
        LeaseState.Leased => id == Id || proposed == Id ? this with { Id = proposed } : throw Mismatch(),
        LeaseState.Breaking => throw (id != Id ? Mismatch() : BlobRefusal.Conflict("LeaseIsBreakingAndCannotBeChanged", "The lease ID matched, but the lease is currently in breaking state and cannot be changed.")),
        _ => throw NotPresent(),
    };

    public BlobLease Release(string id) => id == Id ? None : throw Mismatch();

    public BlobLease Break(int? period, DateTimeOffset now)
    {
        switch (At(now))
        {
            case LeaseState.Available:
                throw NotPresent();
            case LeaseState.Expired:
                return this with { BreaksAt = now };
            case LeaseState.Broken:
                return this;
            default:
                // A fixed lease never lives longer for being broken; an infinite one breaks at once when no period is asked for.
                var limit = BreaksAt ?? ExpiresAt;
                var wished = period is { } seconds ? now.AddSeconds(seconds) : limit ?? now;
                return this with { BreaksAt = limit < wished ? limit : wished };
        }
    }

    /// <summary>Whole seconds until a breaking lease is broken.</summary>
    public int Remaining(DateTimeOffset now) => BreaksAt > now ? (int)Math.Ceiling((BreaksAt.Value - now).TotalSeconds) : 0;

    /// <summary>Refuses a write that does not hold the lease.</summary>
    public void GuardWrite(string? id, DateTimeOffset now)
    {
        var locked = At(now) is LeaseState.Leased or LeaseState.Breaking;
        if (locked && id is null) throw BlobRefusal.Precondition("LeaseIdMissing", "There is currently a lease on the blob and no lease ID was specified in the request.");
        GuardRead(id, now);
    }

    /// <summary>Refuses a request that names a lease which is not the blob's.</summary>
    public void GuardRead(string? id, DateTimeOffset now)
    {
        if (id is null) return;

        switch (At(now))
        {
            case LeaseState.Available or LeaseState.Broken:
                throw BlobRefusal.Precondition("LeaseNotPresentWithBlobOperation", "There is currently no lease on the blob.");
            case LeaseState.Expired when id == Id:
                throw BlobRefusal.Precondition("LeaseLost", "A lease ID was specified, but the lease for the blob has expired.");
            default:
                if (id != Id) throw BlobRefusal.Precondition("LeaseIdMismatchWithBlobOperation", "The lease ID specified did not match the lease ID for the blob.");
                return;
        }
    }

    /// <summary>What a write leaves of the lease: one that had ended is gone for good.</summary>
    public BlobLease AfterWrite(DateTimeOffset now) => At(now) is LeaseState.Expired or LeaseState.Broken ? None : this;

    private static BlobLease Held(string id, int seconds, DateTimeOffset now) =>
        new() { Id = id, Seconds = seconds, ExpiresAt = seconds == Infinite ? null : now.AddSeconds(seconds) };

    private static BlobRefusal Mismatch() =>
        BlobRefusal.Conflict("LeaseIdMismatchWithLeaseOperation", "The lease ID specified did not match the lease ID for the blob.");

    private static BlobRefusal NotPresent() =>
        BlobRefusal.Conflict("LeaseNotPresentWithLeaseOperation", "There is currently no lease on the blob.");
}

/// <summary>Where a lease stands at one moment.</summary>
internal enum LeaseState
{
    Available,
    Leased,
    Expired,
    Breaking,
    Broken,
}
