using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Who signs in to Azure. What is left out is taken from the environment.</summary>
public sealed record SignIn
{
    public SignInKind Kind { get; init; }

    public string? Tenant { get; init; }

    public string? ClientId { get; init; }

    public Secret? ClientSecret { get; init; }

    /// <summary>Id of the Azure DevOps service connection.</summary>
    public string? ServiceConnection { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
