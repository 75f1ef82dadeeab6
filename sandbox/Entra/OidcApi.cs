using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What a pipeline asks for a token that says who it is: the services of GitHub Actions and Azure Pipelines.</summary>
internal sealed class OidcApi(Jwt jwt, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/github/token") => GitHubAsync(context),
        ("POST", "/azure-pipelines/oidctoken") => AzurePipelinesAsync(context),
        _ => RefuseAsync(context, 404, $"There is no {context.Request.Method} {context.Request.Path} here."),
    };

    private Task GitHubAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {SandboxIds.GitHubRequestToken}") return RefuseAsync(context, 401, "Bad credentials");

        var audience = context.Request.Query["audience"].FirstOrDefault() ?? "https://github.com/sandbox";
        var token = Sign(context, FederatedCredential.GitHub, audience, new JsonObject
        {
            ["repository"] = "sandbox/deployment",
            ["repository_owner"] = "sandbox",
            ["ref"] = "refs/heads/main",
            ["environment"] = "production",
            ["event_name"] = "push",
        });
        return ErrorAnswer.WriteJsonAsync(context, 200, new JsonObject { ["count"] = token.Length, ["value"] = token });
    }

    private Task AzurePipelinesAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {SandboxIds.AzurePipelinesAccessToken}")
        {
            return RefuseAsync(context, 401, "TF400813: The user is not authorized to access this resource.");
        }

        if (string.IsNullOrEmpty(context.Request.Query["api-version"])) return RefuseAsync(context, 400, "No api-version was supplied for the request.");

        var connection = context.Request.Query["serviceConnectionId"].ToString();
        if (connection != SandboxIds.ServiceConnection) return RefuseAsync(context, 404, $"No service connection found with identifier {connection}.");

        var token = Sign(context, FederatedCredential.AzurePipelines, FederatedCredential.ExchangeAudience, []);
        return ErrorAnswer.WriteJsonAsync(context, 200, new JsonObject { ["oidcToken"] = token });
    }

    private string Sign(HttpContext context, FederatedCredential identity, string audience, JsonObject claims)
    {
        var now = clock.GetUtcNow();
        var lifetime = context.Features.Get<MetFaults>()?.Of(FaultKind.ShortToken) is { } rule ? rule.Duration ?? TimeSpan.FromSeconds(20) : Lifetime;
        claims["iss"] = identity.Issuer;
        claims["sub"] = identity.Subject;
        claims["aud"] = audience;
        claims["jti"] = Guid.NewGuid().ToString();
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["nbf"] = now.ToUnixTimeSeconds();
        claims["exp"] = (now + lifetime).ToUnixTimeSeconds();
        return jwt.Sign(claims);
    }

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        ErrorAnswer.WriteAsync(Endpoint.Oidc, context, status, "", message);
}
