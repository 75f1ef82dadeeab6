namespace DssPipeline.Chapters;

/// <summary>What a run may destroy, and how runs keep out of each other's way.</summary>
public sealed record PolicySection
{
    [Key("Resources that may be removed and made anew when something fixed at birth changes: `azure/storageAccount/stdemo`.", Effect.RunOnly, Form = Form.ResourceId)]
    public IReadOnlyList<string> AllowReplace { get; init; } = [];

    [Key("Resources of this deployment that a deploy may remove once the manifest no longer names them. One that is not named here is refused, and nothing is touched.", Effect.RunOnly, Form = Form.ResourceId)]
    public IReadOnlyList<string> AllowDelete { get; init; } = [];

    [Key("Resources holding data that Destroy may take. As long as one that is there is not named here, Destroy refuses and touches nothing.", Effect.RunOnly, Form = Form.ResourceId)]
    public IReadOnlyList<string> AllowDestroy { get; init; } = [];

    [Key("Put a lock on the resource group, so that nobody deletes it, or anything in it, by accident. A run lifts it for the removals it was allowed and puts it on again.")]
    public bool DeleteLock { get; init; }

    [Key("The lock that keeps two runs of one deployment apart.", Effect.RunOnly)]
    public RunLockSection RunLock { get; init; } = new();
}

/// <summary>The lock that keeps two runs apart: a lease on a blob.</summary>
public sealed record RunLockSection
{
    [Key("Use it.", Effect.RunOnly)]
    public bool Enabled { get; init; } = true;

    [Key("Storage account of the blob.", Effect.RunOnly, Form = Form.StorageAccountName, Default = "the first account of adls")]
    public string? Account { get; init; }

    [Key("Container of the blob.", Effect.RunOnly, Form = Form.ContainerName)]
    public string Container { get; init; } = "dss-pipeline";
}
