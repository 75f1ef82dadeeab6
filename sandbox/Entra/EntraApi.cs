using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The sign-in service: tokens for applications, and the documents that say where to get them.</summary>
internal sealed class EntraApi(Jwt jwt, Tokens tokens, Applications applications, SandboxOptions options)
{
    private readonly AssertionCheck _assertions = new(jwt, options.Clock);

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/').Split('/', 2);
        var (tenant, rest) = (path[0], path.Length == 2 ? path[1] : "");
        return (context.Request.Method, rest) switch
        {
            ("POST", "oauth2/v2.0/token") => TokenAsync(context, tenant),
            ("GET", "v2.0/.well-known/openid-configuration" or ".well-known/openid-configuration") => ErrorAnswer.WriteJsonAsync(context, 200, Discovery(context, tenant)),
            ("GET", "discovery/v2.0/keys" or "discovery/keys") => ErrorAnswer.WriteJsonAsync(context, 200, new JsonObject { ["keys"] = new JsonArray(jwt.PublicKey()) }),
            ("GET", "discovery/instance") => ErrorAnswer.WriteJsonAsync(context, 200, Instance(context)),
            _ => ErrorAnswer.WriteAsync(Endpoint.Entra, context, 404, "not_found", $"The sandbox's sign-in service has no {context.Request.Method} {context.Request.Path}."),
        };
    }

    private async Task TokenAsync(HttpContext context, string tenant)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var problem = Refuse(form, tenant);
        if (problem is not null)
        {
            await problem.WriteAsync(context, options.Clock.GetUtcNow());
            return;
        }

        var principal = applications.Find(form["client_id"]!)!.Principal;
        var audience = form["scope"].ToString()[..^"/.default".Length];
        var shortToken = context.Features.Get<MetFaults>()?.Of(FaultKind.ShortToken);
        var token = tokens.Issue(principal, audience, Guid.TryParse(tenant, out _) ? tenant : options.TenantId, shortToken);
        context.Response.Headers.CacheControl = "no-store, no-cache";
        await ErrorAnswer.WriteJsonAsync(context, 200, new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = token.Expires - token.NotBefore,
            ["ext_expires_in"] = token.Expires - token.NotBefore,
            ["access_token"] = token.Text,
        });
    }

    private EntraProblem? Refuse(IFormCollection form, string tenant)
    {
        if (!Guid.TryParse(tenant, out _) && !tenant.Contains('.', StringComparison.Ordinal)) return EntraProblem.UnknownTenant(tenant);
        foreach (var name in new[] { "grant_type", "client_id", "scope" })
        {
            if (string.IsNullOrEmpty(form[name])) return EntraProblem.Missing(name);
        }

        if (form["grant_type"] != "client_credentials") return EntraProblem.UnsupportedGrant(form["grant_type"]!);
        if (!form["scope"].ToString().EndsWith("/.default", StringComparison.Ordinal)) return EntraProblem.BadScope(form["scope"]!);
        if (applications.Find(form["client_id"]!) is not { } application) return EntraProblem.UnknownApplication(form["client_id"]!, tenant);

        if (form["client_assertion"].FirstOrDefault() is { Length: > 0 } assertion) return _assertions.Refuse(assertion, application.Trusted);
        if (form["client_secret"].FirstOrDefault() is not { Length: > 0 } secret) return EntraProblem.NoCredential();
        return application.Takes(secret) ? null : EntraProblem.BadSecret(application.Principal.ClientId);
    }

    private static JsonObject Discovery(HttpContext context, string tenant)
    {
        var host = $"https://{context.Request.Host}/{tenant}";
        return new JsonObject
        {
            ["token_endpoint"] = $"{host}/oauth2/v2.0/token",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt"),
            ["jwks_uri"] = $"{host}/discovery/v2.0/keys",
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
            ["response_types_supported"] = new JsonArray("code", "token"),
            ["scopes_supported"] = new JsonArray("openid"),
            ["issuer"] = $"{host}/v2.0",
            ["authorization_endpoint"] = $"{host}/oauth2/v2.0/authorize",
            ["device_authorization_endpoint"] = $"{host}/oauth2/v2.0/devicecode",
            ["tenant_region_scope"] = "EU",
        };
    }

    private JsonObject Instance(HttpContext context) => new()
    {
        ["tenant_discovery_endpoint"] = $"https://{context.Request.Host}/{options.TenantId}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = context.Request.Host.Value,
            ["preferred_cache"] = context.Request.Host.Value,
            ["aliases"] = new JsonArray(context.Request.Host.Value),
        }),
    };
}
