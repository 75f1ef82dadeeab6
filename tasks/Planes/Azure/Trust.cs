using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Planes;

/// <summary>HTTP clients that trust the certificate authority of the endpoints they are made for.</summary>
public static class Trust
{
    public static HttpClient Client(AzureEndpoints endpoints) => new(Handler(endpoints)) { Timeout = Timeout.InfiniteTimeSpan };

    public static HttpMessageHandler Handler(AzureEndpoints endpoints)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            UseProxy = !endpoints.Arm.IsLoopback,
        };
        if (endpoints.CaFile is { } file) sockets.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Only(file) };
        var shared = new SharedConnections { InnerHandler = sockets };
        return endpoints.Imds is { } imds ? new ImdsHandler(imds) { InnerHandler = shared } : shared;
    }

    internal static X509ChainPolicy Only(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
