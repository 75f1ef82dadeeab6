using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace DssPipeline.Sandbox.Tests;

/// <summary>What machines of tests find on the internet, on a loopback address of its own, with TLS.</summary>
public sealed class DownloadServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly TemporaryFolder _folder = new();

    private DownloadServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=downloads", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in Downloads.Hosts) names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        CaFile = Path.Combine(_folder.Path, "ca.pem");
        File.WriteAllText(CaFile, made.ExportCertificatePem() + "\n");
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(Address), 443, listen => listen.UseHttps(certificate)));
        _web = builder.Build();
        var downloads = new Downloads();
        _web.Run(downloads.ServeAsync);
    }

    public string Address { get; } = $"127.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(2, 255)}";

    public string CaFile { get; }

    public static async Task<DownloadServer> StartAsync()
    {
        var server = new DownloadServer();
        await server._web.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _folder.Dispose();
    }
}
