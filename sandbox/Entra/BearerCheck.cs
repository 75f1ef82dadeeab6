using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Lets a request in when its token is good, and answers it as the service at hand would when it is not.</summary>
internal sealed class BearerCheck(Tokens tokens, Listeners listeners, string tenant)
{
    private static readonly string[] ArmAudiences = ["https://management.azure.com", "https://management.core.windows.net"];
    private static readonly string[] VaultAudiences = ["https://vault.azure.net"];
    private static readonly string[] Told = ["oid", "appid", "tid"];
    private static readonly string[] StorageAudiences = ["https://storage.azure.com"];

    public async Task<bool> AdmitAsync(Endpoint endpoint, HttpContext context)
    {
        var audiences = endpoint switch
        {
            Endpoint.Arm => ArmAudiences,
            Endpoint.KeyVault => VaultAudiences,
            _ => StorageAudiences,
        };
        var (claims, problem, message) = tokens.Check(context.Request.Headers.Authorization.FirstOrDefault(), audiences);
        if (claims is null)
        {
            await RefuseAsync(endpoint, context, problem, message);
            return false;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity(Told.Select(name => new Claim(name, (string?)claims[name] ?? "")), "Bearer"));
        return true;
    }

    private Task RefuseAsync(Endpoint endpoint, HttpContext context, TokenProblem problem, string message)
    {
        var authority = $"{listeners[Endpoint.Entra]}{tenant}";
        switch (endpoint)
        {
            case Endpoint.KeyVault:
                context.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"{authority}\", resource=\"{VaultAudiences[0]}\"";
                return ErrorAnswer.WriteAsync(endpoint, context, 401, "Unauthorized", Vault(problem, message));
            case Endpoint.Blob:
                context.Response.Headers.WWWAuthenticate = $"Bearer authorization_uri={authority}/oauth2/authorize resource_id={StorageAudiences[0]}";
                return ErrorAnswer.WriteAsync(endpoint, context, 401, problem == TokenProblem.Missing ? "NoAuthenticationInformation" : "InvalidAuthenticationInfo", "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
            default:
                context.Response.Headers.WWWAuthenticate = $"Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"{message}\"";
                context.Response.Headers["x-ms-failure-cause"] = "gateway";
                return ErrorAnswer.WriteAsync(endpoint, context, 401, Arm(problem), message);
        }
    }

    private static string Arm(TokenProblem problem) => problem switch
    {
        TokenProblem.Missing => "AuthenticationFailed",
        TokenProblem.Expired => "ExpiredAuthenticationToken",
        TokenProblem.Audience => "InvalidAuthenticationTokenAudience",
        _ => "InvalidAuthenticationToken",
    };

    private static string Vault(TokenProblem problem, string message) => problem switch
    {
        TokenProblem.Missing => "AKV10000: Request is missing a Bearer or PoP token.",
        TokenProblem.Expired => "AKV10040: The token is expired. " + message,
        TokenProblem.Audience => "AKV10022: Invalid audience. " + message,
        _ => "AKV10046: Unable to resolve the key used for signature validation.",
    };
}
