namespace DssPipeline.Planes;

/// <summary>The ways to sign in to Azure.</summary>
public enum SignInKind
{
    /// <summary>Whatever the environment offers, the most specific first.</summary>
    Detect,

    /// <summary>The chain of DefaultAzureCredential: environment, workload identity, managed identity, Azure CLI and so on.</summary>
    Default,

    /// <summary>A service principal with its secret.</summary>
    ClientSecret,

    /// <summary>The identity of the machine the run is on; by client id when it has several.</summary>
    ManagedIdentity,

    /// <summary>GitHub's OpenID Connect token, without any secret.</summary>
    GitHub,

    /// <summary>Azure Pipelines' OpenID Connect token of a service connection, without any secret.</summary>
    AzurePipelines,
}
