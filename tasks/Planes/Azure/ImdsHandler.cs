namespace DssPipeline.Planes;

/// <summary>Leads questions to the link-local address of the instance metadata service elsewhere; Azure.Identity knows no option for it.</summary>
internal sealed class ImdsHandler(Uri imds) : DelegatingHandler
{
    private const string LinkLocal = "169.254.169.254";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { Host: LinkLocal } uri) request.RequestUri = new Uri(imds, uri.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
