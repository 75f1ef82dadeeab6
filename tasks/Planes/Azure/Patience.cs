using System.Collections.Concurrent;

namespace DssPipeline.Planes;

/// <summary>Decides whether an error is worth waiting for, and waits.</summary>
internal sealed class Patience(ArmOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(Cure Cure, string About), DateTimeOffset> notes = [];

    /// <summary>From now on a refusal that names this principal may be a grant that is not honoured yet.</summary>
    public void NoteGrant(string principal) => notes[(Cure.Grant, principal)] = clock.GetUtcNow();

    /// <summary>Remembers what was done well and may take a while to be noticed.</summary>
    public void Note(Errand done)
    {
        if (done.GrantsTo is { } principal) NoteGrant(principal);
        if (done.Unlocks) notes[(Cure.Unlock, "")] = clock.GetUtcNow();
        if (done.Registers is { } provider) notes[(Cure.Registration, provider)] = clock.GetUtcNow();
    }

    /// <summary>True after a pause when another attempt is worth it; false when the error is final or time is up.</summary>
    public async Task<bool> LastsAsync(RemoteError error, string subject, DateTimeOffset since, CancellationToken cancel)
    {
        var waits = options.Waits;
        var (until, reason) = ArmProblems.CureOf(error) switch
        {
            Cure.Busy => (since + waits.Busy, "another operation on it"),
            Cure.Replication => (since + waits.Replication, "what it stands on to be known everywhere"),
            Cure.Grant => (Latest(Cure.Grant, error) + waits.Grant, "a new role to be honoured"),
            Cure.Unlock => (Latest(Cure.Unlock, error) + waits.Replication, "a lock to be off"),
            Cure.Registration => (Latest(Cure.Registration, error) + waits.Replication, "a registration to be known everywhere"),
            _ => (DateTimeOffset.MinValue, ""),
        };
        if (clock.GetUtcNow() + Pace > until) return false;

        options.Waiting?.Report(new Wait(subject, reason, since));
        await Task.Delay(Pace, clock, cancel);
        return true;
    }

    /// <summary>When something was last done that the error may not have noticed.</summary>
    private DateTimeOffset Latest(Cure cure, RemoteError error) =>
        notes.Where(note => note.Key.Cure == cure && error.Message.Contains(note.Key.About, StringComparison.OrdinalIgnoreCase))
            .Select(note => note.Value).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
}
