using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DssPipeline.Sandbox;

/// <summary>The open ports of a sandbox, one per endpoint, on loopback only.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly Dictionary<Endpoint, ListenOptions> _open = [];
    private WebApplication? _web;
    private ListenOptions? _plain;

    public async Task OpenAsync(SandboxPorts ports, Certificates certificates, Func<Endpoint, HttpContext, Task> serve, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var endpoint in Enum.GetValues<Endpoint>().Where(endpoint => endpoint != Endpoint.Dss))
            {
                kestrel.Listen(IPAddress.Loopback, ports.Of(endpoint), listen => Open(endpoint, listen, certificates));
            }

            kestrel.Listen(IPAddress.Loopback, 0, listen => Open(Endpoint.Downloads, _plain = listen));
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _web = builder.Build();
        _web.Run(context => serve(EndpointOf(context), context));
        try
        {
            await _web.StartAsync(cancel);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            throw new SandboxException($"A port of the sandbox cannot be opened: {problem.Message}");
        }
    }

    public Uri this[Endpoint endpoint] =>
        new($"{(endpoint == Endpoint.Imds ? "http" : "https")}://127.0.0.1:{_open[endpoint].IPEndPoint!.Port}/");

    /// <summary>The port of the downloads without TLS, as the internet has them as well.</summary>
    public int PlainDownloads => _plain!.IPEndPoint!.Port;

    public async ValueTask DisposeAsync()
    {
        if (_web is null) return;

        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private void Open(Endpoint endpoint, ListenOptions listen, Certificates certificates)
    {
        _open[endpoint] = listen;
        Open(endpoint, listen);
        if (endpoint != Endpoint.Imds) listen.UseHttps(https => https.ServerCertificateSelector = (_, name) => certificates.Of(name));
    }

    private static void Open(Endpoint endpoint, ListenOptions listen)
    {
        // With HTTP/1.1 a dropped request is a dropped connection, as seen behind real proxies.
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Items[typeof(Endpoint)] = endpoint;
            return next(connection);
        });
    }

    private static Endpoint EndpointOf(HttpContext context) =>
        (Endpoint)context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items[typeof(Endpoint)]!;
}
