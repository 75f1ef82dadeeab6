namespace DssPipeline.Convergence;

/// <summary>How wide and how patient a rollout is.</summary>
public sealed record RolloutOptions
{
    /// <summary>How many resources are made side by side.</summary>
    public int Width { get; init; } = 32;

    /// <summary>How many resources are looked at side by side while planning. Wide, because many looks share one list call and only wait for it.</summary>
    public int LookWidth { get; init; } = 256;

    /// <summary>How long a made thing may take until it looks as wished.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first pause between two looks; each next one is half as long again.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a call that takes long is told as <see cref="Waiting"/>.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The destructive changes that are allowed.</summary>
    public Permissions Permissions { get; init; } = Permissions.None;

    /// <summary>Told before everything is looked at anew, so that planes forget what they have seen.</summary>
    public Action LookAnew { get; init; } = () => { };
}
