using System.Net;

namespace DssPipeline.Planes;

/// <summary>Asks for HTTP/2 where the remote offers it, so that requests side by side share a connection instead of shaking hands for each.</summary>
internal sealed class SharedConnections : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        return base.SendAsync(request, cancellationToken);
    }
}
