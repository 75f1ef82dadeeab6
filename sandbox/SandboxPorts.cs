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

    internal int Of(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Arm => Arm,
        Endpoint.Entra => Entra,
        Endpoint.Imds => Imds,
        Endpoint.Oidc => Oidc,
        Endpoint.KeyVault => KeyVault,
        _ => Blob,
    };
}
