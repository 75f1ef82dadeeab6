using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Sandbox;

/// <summary>Connections for a client of a sandbox: they trust its authority, lead Azure's own names to it, and reach nothing else.</summary>
public static class SandboxTransport
{
    public static SocketsHttpHandler Handler(SandboxEndpoints endpoints) => new()
    {
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(endpoints.CaFile) },
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port(endpoints, context.DnsEndPoint)), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        UseProxy = false,
    };

    private static X509ChainPolicy Trust(string caFile) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(caFile) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static int Port(SandboxEndpoints endpoints, DnsEndPoint asked) => asked.Host switch
    {
        "127.0.0.1" or "localhost" => asked.Port,
        "management.azure.com" => endpoints.Arm.Port,
        "login.microsoftonline.com" => endpoints.Authority.Port,
        "169.254.169.254" => endpoints.Imds.Port,
        var host when host.EndsWith(".vault.azure.net", StringComparison.OrdinalIgnoreCase) => endpoints.KeyVault.Port,
        var host when host.EndsWith(StorageName.Blobs, StringComparison.OrdinalIgnoreCase) || host.EndsWith(StorageName.Files, StringComparison.OrdinalIgnoreCase) => endpoints.Blob.Port,
        var host when host.EndsWith(".azmk8s.io", StringComparison.OrdinalIgnoreCase) => endpoints.Kubernetes.Port,
        var host when host.EndsWith(Registries.Suffix, StringComparison.OrdinalIgnoreCase) => endpoints.Registry.Port,
        var host => throw new HttpRequestException(HttpRequestError.NameResolutionError, $"The sandbox has no {host}, and lets no connection out."),
    };
}
