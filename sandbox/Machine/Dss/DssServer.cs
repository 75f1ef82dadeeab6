using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DssPipeline.Sandbox;

/// <summary>The two ports of a running DSS: the base port, which is up at once and answers 502 until the backend is, and the backend's own.</summary>
internal sealed class DssServer : IAsyncDisposable
{
    private const string NeverUp = "/run/dss-sandbox/faults/dss-never-up";

    private readonly WebApplication _front;
    private readonly DssFront _watched;
    private readonly CancellationTokenSource _ending = new();
    private WebApplication? _backend;
    private DssApi? _api;

    private DssServer(DssDataDirectory data, DssWatch watch)
    {
        (Data, _watched) = (data, new DssFront(watch));
        _front = Build(data.Port, IPAddress.Any, data.Tls, FrontAsync);
    }

    public DssDataDirectory Data { get; }

    public static async Task<DssServer> StartAsync(DssDataDirectory data, DssOutside outside, CancellationToken cancel)
    {
        var server = new DssServer(data, outside.Watch);
        try
        {
            await server._front.StartAsync(cancel);
            while (File.Exists(NeverUp)) await Task.Delay(100, cancel);

            var api = new DssApi(new DssInstance(data, outside, server._ending.Token));
            server._backend = Build(data.Port + 1, IPAddress.Any, null, api.ServeAsync);
            await server._backend.StartAsync(cancel);
            server._api = api;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _front.DisposeAsync();
        if (_backend is not null) await _backend.DisposeAsync();
        _ending.Dispose();
    }

    private async Task FrontAsync(HttpContext context)
    {
        if (_api is null || _backend is null)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head></html>\n");
        }
        else
        {
            await (DssApi.IsPublic(context) ? _watched.ServeAsync(context, () => _api.ServeAsync(context)) : _api.ServeAsync(context));
        }
    }

    private static WebApplication Build(int port, IPAddress address, (string Certificate, string Key)? tls, RequestDelegate serve)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(address, port, listen => Open(listen, tls));
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var web = builder.Build();
        web.Run(serve);
        return web;
    }

    // As with nginx's error 497, plain HTTP is understood on the port of HTTPS, and led to it.
    private static void Open(ListenOptions listen, (string Certificate, string Key)? tls)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (tls is not { } files) return;

        using var pem = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), password: null);
        listen.Use(next => connection => PlainHttp.ServeAsync(connection, next));
        listen.UseHttps(certificate);
    }
}
