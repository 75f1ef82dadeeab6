using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace DssPipeline.Sandbox;

/// <summary>Lets a request to a storage account in that is signed with one of the account's keys.</summary>
internal sealed class SharedKeyCheck(ArmStore world)
{
    private const string Scheme = "SharedKey ";

    public static bool Concerns(HttpContext context) => context.Request.Headers.Authorization.ToString().StartsWith(Scheme, StringComparison.Ordinal);

    public async Task<bool> AdmitAsync(HttpContext context)
    {
        var (name, _) = StorageName.Of(context.Request);
        var account = world.OfType("Microsoft.Storage/storageAccounts").FirstOrDefault(account => ((string)account["name"]!).Equals(name, StringComparison.OrdinalIgnoreCase));
        if (account is not null && Dotted.Read(account, "properties.allowSharedKeyAccess")?.GetValueKind() == System.Text.Json.JsonValueKind.False)
        {
            await ErrorAnswer.WriteAsync(Endpoint.Blob, context, 403, "KeyBasedAuthenticationNotPermitted", "Key based authentication is not permitted on this storage account.");
            return false;
        }

        if (account is not null && Keys(account).Any(key => Fits(context.Request, name, key))) return true;
        await ErrorAnswer.WriteAsync(Endpoint.Blob, context, 403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.");
        return false;
    }

    private IEnumerable<string> Keys(JsonObject account) =>
        (world.FindHidden((string)account["id"]!)?["~keys"] as JsonObject ?? []).Select(pair => (string)pair.Value!);

    private static bool Fits(HttpRequest request, string account, string key)
    {
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var right = $"{Scheme}{account}:{SharedKey.Sign(request.Method, headers, account, new Uri(request.GetEncodedUrl()), key)}";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()));
    }
}
