namespace DssPipeline.Planes;

/// <summary>How long Azure is waited for, and how often it is asked when it does not say.</summary>
public sealed record WaitOptions
{
    /// <summary>Between two polls where Azure names no interval. AKS never does.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>One long-running operation; AKS upgrades were seen to take 26 minutes.</summary>
    public TimeSpan Operation { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>Another operation on the same thing.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A parent or principal made a moment ago that its readers do not know yet.</summary>
    public TimeSpan Replication { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>ARM's own list of a resource group, which lags behind what was made there.</summary>
    public TimeSpan Listing { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A role granted a moment ago that is not honoured yet.</summary>
    public TimeSpan Grant { get; init; } = TimeSpan.FromMinutes(10);
}
