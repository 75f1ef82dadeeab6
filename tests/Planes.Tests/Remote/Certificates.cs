using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Planes.Tests;

/// <summary>An authority and a certificate for loopback, made once for all tests.</summary>
internal static class Certificates
{
    private static readonly Lazy<(X509Certificate2 Server, string CaFile)> Made = new(Make);

    public static X509Certificate2 Server => Made.Value.Server;

    public static string CaFile => Made.Value.CaFile;

    private static (X509Certificate2 Server, string CaFile) Make()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Tests authority", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(root, from, to, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);

        var folder = Directory.CreateTempSubdirectory("planes-tests-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var file = Path.Combine(folder.FullName, "ca.pem");
        File.WriteAllText(file, root.ExportCertificatePem());
        return (X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null), file);
    }
}
