namespace DssPipeline.Convergence;

/// <summary>How wide and how patient a rollout is.</summary>
public sealed record RolloutOptions
{
    /// <summary>How many resources are looked at or made side by side.</summary>
    public int Width { get; init; } = 32;

    /// <summary>How long a made thing may take until it looks as wished.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first pause between two looks; each next one is half as long again.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The destructive changes that are allowed.</summary>
    public Permissions Permissions { get; init; } = Permissions.None;

    /// <summary>Told before everything is looked at anew, so that planes forget what they have seen.</summary>
    public Action LookAnew { get; init; } = () => { };
}
