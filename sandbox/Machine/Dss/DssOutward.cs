using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Sandbox;

/// <summary>Connections from the machine to the world: they trust what the system trusts.</summary>
internal static class DssOutward
{
    private const string Bundle = "/etc/pki/tls/certs/ca-bundle.crt";

    public static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust() },
    };

    private static X509ChainPolicy? Trust()
    {
        if (!File.Exists(Bundle)) return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Bundle);
        return policy;
    }
}
