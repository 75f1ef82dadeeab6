namespace DssPipeline.Planes;

/// <summary>How often and how long a request that a remote could not take is sent again.</summary>
public sealed record RetryOptions
{
    public int Attempts { get; init; } = 6;

    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No retry starts later than this after the first attempt.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>One attempt; ARM itself gives up after a minute.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Makes the jitter of a run repeatable.</summary>
    public int Seed { get; init; }
}
