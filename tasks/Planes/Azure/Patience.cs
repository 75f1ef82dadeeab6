using System.Collections.Concurrent;

namespace DssPipeline.Planes;

/// <summary>Decides whether an error is worth waiting for, and waits.</summary>
internal sealed class Patience(ArmOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> grants = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>From now on a refusal that names this principal may be a grant that is not honoured yet.</summary>
    public void NoteGrant(string principal) => grants[principal] = clock.GetUtcNow();

    /// <summary>True after a pause when another attempt is worth it; false when the error is final or time is up.</summary>
    public async Task<bool> LastsAsync(RemoteError error, string subject, DateTimeOffset since, CancellationToken cancel)
    {
        var (until, reason) = ArmProblems.CureOf(error) switch
        {
            Cure.Busy => (since + options.Waits.Busy, "another operation on it"),
            Cure.Replication => (since + options.Waits.Replication, "what it stands on to be known everywhere"),
            Cure.Grant => (GrantedTo(error.Message) + options.Waits.Grant, "a new role to be honoured"),
            _ => (DateTimeOffset.MinValue, ""),
        };
        if (clock.GetUtcNow() + Pace > until) return false;

        options.Waiting?.Report(new Wait(subject, reason, since));
        await Task.Delay(Pace, clock, cancel);
        return true;
    }

    private DateTimeOffset GrantedTo(string message) =>
        grants.Where(grant => message.Contains(grant.Key, StringComparison.OrdinalIgnoreCase)).Select(grant => grant.Value).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
}
