namespace DssPipeline.Chapters;

/// <summary>How the run reaches the API of DSS.</summary>
public sealed record DssApiSection
{
    [Key("`ssh`: through the connection of ssh to the machine; no port of DSS is open to the run. `direct`: to its address, which must serve https. `auto`: ssh where vm.access is ssh, or else direct.", Effect.RunOnly)]
    public DssApiAccess Access { get; init; } = DssApiAccess.Auto;

    [Key("Address of DSS up to and without /public/api, as the run sees it, or with ssh as the machine sees it.", Effect.RunOnly, Form = Form.Url, Default = "made of dss.https and dss.port")]
    public string? Url { get; init; }

    [Key("File with the certificates (PEM) of the authority that signed the certificate of DSS.", Effect.RunOnly, Default = "the authorities of the system; a certificate that the manifest states is trusted besides")]
    public string? CaFile { get; init; }

    [Key("SHA-256 fingerprint of the one certificate that DSS may show.", Effect.RunOnly, Form = Form.Fingerprint)]
    public string? Pin { get; init; }

    [Key("Try a version of DSS that this program does not know. What DSS drops is named then.", Effect.RunOnly)]
    public bool AnyVersion { get; init; }
}

/// <summary>Which way the run takes to DSS.</summary>
public enum DssApiAccess
{
    Auto,
    Ssh,
    Direct,
}
