using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Sandbox;

/// <summary>The certificate authority of one state folder: made once, kept, and trusted by nobody who was not told to.</summary>
internal sealed class CertificateAuthority
{
    // The names of Azure are in the certificate so that a client may keep them and have only its connections led to loopback.
    private static readonly string[] Names =
    [
        "localhost", "management.azure.com", "login.microsoftonline.com", "*.vault.azure.net", "*.blob.core.windows.net", "*.dfs.core.windows.net", "*.azurecr.io",
    ];

    private readonly X509Certificate2 _issuer;

    private CertificateAuthority(X509Certificate2 issuer) => _issuer = issuer;

    public static CertificateAuthority Open(StateFolder folder)
    {
        var key = folder.Keep("ca.key.pem", MakeKey);
        var file = CaFile(folder);
        if (!File.Exists(file)) File.WriteAllText(file, SelfSign(key));

        return new CertificateAuthority(X509Certificate2.CreateFromPem(File.ReadAllText(file), key));
    }

    public static string CaFile(StateFolder folder) => folder.File("ca.pem");

    /// <summary>A certificate for every endpoint and for one name more, with a key that lives as long as the process.</summary>
    public X509Certificate2 Issue(string? more = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=DssPipeline sandbox", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(AlternativeNames(more));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_issuer, true, false));
        using var signed = request.Create(_issuer, Utc(_issuer.NotBefore), Earlier(Utc(_issuer.NotAfter), Today.AddDays(90)), RandomNumberGenerator.GetBytes(16));
        using var whole = signed.CopyWithPrivateKey(key);

        // Windows serves TLS only with a key that went through a store format.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), password: null);
    }

    // Clients check certificates against the real clock, whatever clock the sandbox was given.
    private static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    private static string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string SelfSign(string keyPem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        var request = new CertificateRequest("CN=DssPipeline sandbox authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(Today.AddDays(-1), Today.AddYears(10));

        return certificate.ExportCertificatePem() + "\n";
    }

    private static X509Extension AlternativeNames(string? more)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var name in Names.Concat(Internet.Names)) names.AddDnsName(name);
        if (more is not null) names.AddDnsName(more);
        return names.Build();
    }

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
