using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What a run says about its lock.</summary>
internal static class LockWords
{
    /// <summary>Another run is at work.</summary>
    public static Problem Taken(string deployment, LeaseOccupied found)
    {
        var holder = found.Holder;
        var since = holder.Since is { } time ? $" since {Utc(time)}" : "";
        var run = holder.Run is { } address ? $" ({address})" : "";
        return new(
            "Another run holds the lock",
            $"{holder.Who} on {holder.Host} holds the lock of {deployment}{since}{run}. Two runs side by side would undo each other's work, so nothing was touched. "
            + $"Run again when that run has ended. If it was killed, its lock ends by itself, at {Utc(found.Until)} at the latest.");
    }

    /// <summary>The account or the container has not been made.</summary>
    public static string NotYet(BlobAddress blob) => $"{blob.Account}/{blob.Container} is not there yet. The runs after the one that makes it have a lock.";

    /// <summary>The container is there and does not let this run in.</summary>
    public static string Closed(BlobAddress blob, RemoteError error) => error.Status switch
    {
        0 => $"{blob.Account} cannot be reached from here ({error.Message}). Run from inside its network, or let this machine in under adls.network.",
        404 => NotYet(blob),
        _ => $"{blob.Account}/{blob.Container} does not let this run in ({(error.Code.Length > 0 ? error.Code : $"HTTP {error.Status}")}). Its identity needs the role Storage Blob Data Contributor there, "
            + "which a run grants when identity.deployerObjectId names the identity, and its machine a way through the account's network rules.",
    };

    public static string Left(RemoteError error) => $"The lock could not be given back ({error.Message}); it ends by itself within a minute.";

    private static string Utc(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
}
