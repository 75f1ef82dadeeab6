namespace DssPipeline.Chapters;

/// <summary>https for the users of DSS.</summary>
public sealed record HttpsSection
{
    [Key("`none`: http only. `native`: DSS itself, on its port. `proxy`: nginx of the machine on 443, before DSS.", Effect.Restart)]
    public HttpsMode Mode { get; init; } = HttpsMode.None;

    [Key("Name users type.", Effect.Restart, Form = Form.HostName)]
    public string? HostName { get; init; }

    [Key("Certificate chain (PEM).", Effect.Restart)]
    public SecretValue? Certificate { get; init; }

    [Key("Private key of the certificate (PEM).", Effect.Restart)]
    public SecretValue? Key { get; init; }
}

/// <summary>How https is served.</summary>
public enum HttpsMode
{
    None,
    Native,
    Proxy,
}
