namespace DssPipeline.Planes;

/// <summary>What the Azure plane needs to know about this run.</summary>
public sealed record ArmOptions
{
    public AzureEndpoints Endpoints { get; init; } = AzureEndpoints.Public;

    /// <summary>Name of the deployment, written on everything made as the tag <c>dss-pipeline:deployment</c>.</summary>
    public required string Deployment { get; init; }

    /// <summary>The manifest's <c>azure.tags</c>, written on everything that takes tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public RetryOptions Retry { get; init; } = new();

    public WaitOptions Waits { get; init; } = new();

    public Redactor Redactor { get; init; } = new();

    /// <summary>ARM id of the lock that the deployment may keep on its own group, and lift for its own removals; null when there is none.</summary>
    public string? OwnLock { get; init; }

    /// <summary>One for the whole run, so that Azure's support finds all of its requests.</summary>
    public string Correlation { get; init; } = Guid.NewGuid().ToString();

    /// <summary>Hears what is waited for.</summary>
    public IProgress<Wait>? Waiting { get; init; }
}
