using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Which vault or account a data plane request is for: the first label of Azure's own host name, or else the first segment of the path.</summary>
internal static class TenantName
{
    public static (string Name, string[] Path) Of(HttpRequest request, string suffix)
    {
        var segments = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var host = request.Host.Host;
        if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) return (host[..^suffix.Length].ToLowerInvariant(), segments);

        return segments.Length == 0 ? ("", []) : (segments[0].ToLowerInvariant(), segments[1..]);
    }
}
