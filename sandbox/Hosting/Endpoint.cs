namespace DssPipeline.Sandbox;

/// <summary>One service of the sandbox; each has a port of its own.</summary>
public enum Endpoint
{
    Arm,
    Entra,
    Imds,
    Oidc,
    KeyVault,
    Blob,

    /// <summary>The API servers of all clusters.</summary>
    Kubernetes,

    /// <summary>Container registries.</summary>
    Registry,

    /// <summary>The internet of the machines: what they download.</summary>
    Downloads,

    /// <summary>The public API of DSS, on a port of its machine.</summary>
    Dss,
}
