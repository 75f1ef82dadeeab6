namespace DssPipeline.Planes;

/// <summary>What became of asking for a lease.</summary>
public abstract record LeaseReply;

/// <summary>It is ours, and renewed until it is released.</summary>
public sealed record LeaseTaken(HeldLease Lease) : LeaseReply;

/// <summary>Somebody else has it.</summary>
/// <param name="Until">When it ends at the latest, should its holder be dead.</param>
public sealed record LeaseOccupied(LeaseHolder Holder, DateTimeOffset Until) : LeaseReply;

/// <summary>The blob can be neither made nor leased from here: its container is absent, closed to this identity, or out of reach.</summary>
public sealed record LeaseOutOfReach(RemoteError Error) : LeaseReply;
