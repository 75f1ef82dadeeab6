using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Which certificates are taken for DSS's own: those the system trusts, those of a given authority, or exactly one.</summary>
public sealed record DssTrust
{
    /// <summary>File with the certificates (PEM) of the authority that signed DSS's; null for the authorities of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>SHA-256 fingerprint, in hex, of the one certificate that DSS may show; no authority is asked then.</summary>
    public string? Pin { get; init; }

    /// <summary>The certificate (PEM) that DSS was given, which is trusted whoever signed it; asked for before the first connection.</summary>
    public Func<CancellationToken, Task<Secret?>>? Given { get; init; }

    internal async Task<SslClientAuthenticationOptions> OptionsAsync(CancellationToken cancel)
    {
        var pin = Pin is { } stated ? Plain(stated) : null;
        var given = pin is null && Given is not null && await Given(cancel) is { } text ? FingerprintOf(text.Reveal()) : null;
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is not null && (pin ?? given) is { } wished && Plain(certificate.GetCertHashString(HashAlgorithmName.SHA256)) == wished
                ? true
                : pin is null && errors is SslPolicyErrors.None,
        };
        if (CaFile is { } file) options.CertificateChainPolicy = File.Exists(file) ? Planes.Trust.Only(file) : throw Missing(file);
        return options;
    }

    private static ProblemException Missing(string file) => new(new Problem(
        "File of the authority is missing",
        $"dss.api.caFile is {file}, and there is no such file seen from {Environment.CurrentDirectory}. Correct the path, or put the certificates of the authority (PEM) there."));

    /// <summary>The fingerprint of the first certificate of a chain.</summary>
    private static string FingerprintOf(string pem)
    {
        using var first = X509Certificate2.CreateFromPem(pem);
        return Plain(first.GetCertHashString(HashAlgorithmName.SHA256));
    }

    /// <summary>Fingerprints are written with colons or without, in either case.</summary>
    private static string Plain(string fingerprint) => fingerprint.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
}
