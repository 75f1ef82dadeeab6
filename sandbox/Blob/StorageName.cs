using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Which storage account a request is for, and by which of its two addresses.</summary>
internal static class StorageName
{
    public const string Blobs = ".blob.core.windows.net";
    public const string Files = ".dfs.core.windows.net";

    public static (string Account, string[] Path) Of(HttpRequest request) => TenantName.Of(request, IsForFiles(request) ? Files : Blobs);

    /// <summary>Asked as a file system, whose things are paths.</summary>
    public static bool IsForFiles(HttpRequest request) => request.Host.Host.EndsWith(Files, StringComparison.OrdinalIgnoreCase);
}
