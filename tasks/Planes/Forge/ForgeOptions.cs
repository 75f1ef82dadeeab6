using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Which forge is asked, and as whom.</summary>
public sealed record ForgeOptions
{
    /// <summary>What every path begins with: the API of GitHub, an organisation of Azure DevOps or the collection of a server.</summary>
    public required Uri Root { get; init; }

    public required Secret Token { get; init; }

    public Redactor Redactor { get; init; } = new();

    /// <summary>A run that has made everything does not wait long for its words to be heard.</summary>
    public RetryOptions Retries { get; init; } = new() { Attempts = 5, Deadline = TimeSpan.FromMinutes(5), Attempt = TimeSpan.FromSeconds(30) };
}
