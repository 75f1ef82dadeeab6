namespace DssPipeline.Chapters;

/// <summary>What goes into reading a manifest beside its text.</summary>
public sealed record ReadOptions
{
    /// <summary>Name of the environment whose overlay is laid over the manifest.</summary>
    public string? Environment { get; init; }

    /// <summary>Texts of <c>--set</c>: <c>vm.size=Standard_D16s_v5</c>, the last word on every value.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Where <c>${env:NAME}</c> looks.</summary>
    public Func<string, string?> Variables { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where <c>${file:path}</c> looks; null when there is no such file.</summary>
    public Func<string, string?> Files { get; init; } = FileSource.Read;

    /// <summary>What to do when a variable or a file is not there.</summary>
    public MissingSources Missing { get; init; }
}

/// <summary>What to do when a variable or a file that the manifest names is not there.</summary>
public enum MissingSources
{
    /// <summary>It is a problem of the manifest.</summary>
    Refuse,

    /// <summary>An example takes its place: for Validate and for rehearsals, which must work without the secrets.</summary>
    StandIn,
}
