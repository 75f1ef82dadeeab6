namespace DssPipeline.Planes;

/// <summary>How a cluster is followed that is started or stopped.</summary>
public sealed record DssClusterWaits
{
    /// <summary>How long it may be on its way from one state to the next.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>How long a request whose answer got lost may take to show in the state.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Pause between the first two looks; the next ones are longer and longer.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);
}
