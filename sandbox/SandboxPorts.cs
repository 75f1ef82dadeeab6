namespace DssPipeline.Sandbox;

/// <summary>The port of each endpoint on loopback; zero takes any free one.</summary>
public sealed record SandboxPorts
{
    public int Arm { get; init; }

    public int Entra { get; init; }

    public int Imds { get; init; }

    public int Oidc { get; init; }

    public int KeyVault { get; init; }

    public int Blob { get; init; }

    public int Kubernetes { get; init; }

    public int Registry { get; init; }

    public int Downloads { get; init; }

    internal static string Names => string.Join(", ", Enum.GetNames<Endpoint>().Where(name => name != nameof(Endpoint.Dss))).ToLowerInvariant();

    /// <summary>The same ports with one set by the name of its endpoint; null when there is no such endpoint.</summary>
    internal SandboxPorts? With(string name, int port) => name.ToLowerInvariant() switch
    {
        "arm" => this with { Arm = port },
        "entra" => this with { Entra = port },
        "imds" => this with { Imds = port },
        "oidc" => this with { Oidc = port },
        "keyvault" => this with { KeyVault = port },
        "blob" => this with { Blob = port },
        "kubernetes" => this with { Kubernetes = port },
        "registry" => this with { Registry = port },
        "downloads" => this with { Downloads = port },
        _ => null,
    };

    internal int Of(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Arm => Arm,
        Endpoint.Entra => Entra,
        Endpoint.Imds => Imds,
        Endpoint.Oidc => Oidc,
        Endpoint.KeyVault => KeyVault,
        Endpoint.Blob => Blob,
        Endpoint.Kubernetes => Kubernetes,
        Endpoint.Registry => Registry,
        _ => Downloads,
    };
}
