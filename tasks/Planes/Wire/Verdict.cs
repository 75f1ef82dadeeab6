namespace DssPipeline.Planes;

/// <summary>Whether an answer, or the lack of one, is worth another attempt.</summary>
/// <param name="Again">Another attempt may succeed.</param>
/// <param name="After">How long the remote asks to wait.</param>
/// <param name="Throttled">The remote asks everybody to wait, not only the one it answered.</param>
public readonly record struct Verdict(bool Again, TimeSpan? After = null, bool Throttled = false)
{
    /// <summary>More attempts than this are in vain, whatever the options allow.</summary>
    public int Attempts { get; init; } = int.MaxValue;

    public static Verdict Final { get; }

    /// <summary>Statuses that mean "not now": timeouts, throttling and failing servers.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;
}
