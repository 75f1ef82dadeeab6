using System.Net;
using System.Net.Security;
using System.Net.Sockets;
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
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(await LeadAsync(context.DnsEndPoint, cancel), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    // The names of storage accounts cannot all stand in /etc/hosts beforehand.
    private static async Task<EndPoint> LeadAsync(DnsEndPoint asked, CancellationToken cancel)
    {
        try
        {
            return new IPEndPoint((await Dns.GetHostAddressesAsync(asked.Host, cancel))[0], asked.Port);
        }
        catch (SocketException) when (asked.Host.EndsWith(".core.windows.net", StringComparison.Ordinal))
        {
            return new IPEndPoint(IPAddress.Parse(Internet.Address), asked.Port);
        }
    }

    private static X509ChainPolicy? Trust()
    {
        if (!File.Exists(Bundle)) return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Bundle);
        return policy;
    }
}
