using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Tests;

/// <summary>A web server of a test on a free port of loopback: what it answers is up to whoever it stands for.</summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication web;

    /// <param name="certificate">What it is known by over TLS; null for plain http.</param>
    public LoopbackHost(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        web = builder.Build();
        web.Run(answer);
    }

    /// <summary>Where it listens, once it was started.</summary>
    public Uri Uri => new(web.Urls.Single());

    public Task StartAsync() => web.StartAsync();

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
