using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The instance metadata service: of the virtual machine that asks, or of the one the sandbox pretends to run on, with the tokens of its identities.</summary>
internal sealed class ImdsApi(Tokens tokens, ManagedIdentities identities, Guests guests, SandboxOptions options)
{
    public Task HandleAsync(HttpContext context)
    {
        if (context.Request.Headers["Metadata"] != "true") return RefuseAsync(context, "invalid_request", "Required metadata header not specified");
        if (string.IsNullOrEmpty(context.Request.Query["api-version"])) return RefuseAsync(context, "invalid_request", "Required query parameter 'api-version' missing");

        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/metadata/identity/oauth2/token") => TokenAsync(context),
            ("GET", { } path) when path.StartsWith("/metadata/instance", StringComparison.Ordinal) => InstanceAsync(context, path["/metadata/instance".Length..]),
            _ => ErrorAnswer.WriteAsync(Endpoint.Imds, context, 404, "not_found", "The requested metadata does not exist."),
        };
    }

    private Task TokenAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["resource"].FirstOrDefault() is not { Length: > 0 } resource) return RefuseAsync(context, "invalid_request", "Required query variable 'resource' is missing");

        var resourceId = query["msi_res_id"].FirstOrDefault() ?? query["mi_res_id"].FirstOrDefault();
        var (principal, problem) = Principal(context, (query["client_id"], query["object_id"], resourceId));
        if (principal is null) return RefuseAsync(context, "invalid_request", problem);

        var token = tokens.Issue(principal, resource, options.TenantId, context.Features.Get<MetFaults>()?.Of(FaultKind.ShortToken));
        return ErrorAnswer.WriteJsonAsync(context, 200, new JsonObject
        {
            ["access_token"] = token.Text,
            ["client_id"] = principal.ClientId,
            ["expires_in"] = Text(token.Expires - token.NotBefore),
            ["expires_on"] = Text(token.Expires),
            ["ext_expires_in"] = Text(token.Expires - token.NotBefore),
            ["not_before"] = Text(token.NotBefore),
            ["resource"] = resource,
            ["token_type"] = "Bearer",
        });
    }

    private (Principal? Principal, string Problem) Principal(HttpContext context, (string? Client, string? Object, string? Resource) named)
    {
        if (guests.Of(context.Connection.RemoteIpAddress) is not { } guest) return (identities.Find(named.Client, named.Object, named.Resource), "Identity not found");

        var own = guest.Identities;
        if (named is (null, null, null) && own is [_, _, ..] && own[0].ResourceId is not null)
        {
            return (null, "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request");
        }

        return (ManagedIdentities.Find(own, named), "Identity not found");
    }

    /// <summary>The document, or one leaf of it as text.</summary>
    private Task InstanceAsync(HttpContext context, string path)
    {
        var whole = guests.Of(context.Connection.RemoteIpAddress)?.Instance() ?? Instance();
        var part = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)whole, (node, name) => (node as JsonObject)?[name]);
        return part switch
        {
            JsonObject or JsonArray => ErrorAnswer.WriteJsonAsync(context, 200, part),
            JsonValue when context.Request.Query["format"] == "text" => ErrorAnswer.WriteTextAsync(context, 200, "text/plain; charset=utf-8", part.ToString()),
            JsonValue => RefuseAsync(context, "Bad request. api-version was not specified in the request", "For a leaf, format=text must be specified"),
            _ => ErrorAnswer.WriteAsync(Endpoint.Imds, context, 404, "Not found", "The requested metadata does not exist."),
        };
    }

    private static Task RefuseAsync(HttpContext context, string error, string description) =>
        ErrorAnswer.WriteAsync(Endpoint.Imds, context, 400, error, description);

    // This service writes its numbers as strings.
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private JsonObject Instance() => new()
    {
        ["compute"] = new JsonObject
        {
            ["azEnvironment"] = "AzurePublicCloud",
            ["location"] = "westeurope",
            ["name"] = "sandbox",
            ["osType"] = "Linux",
            ["provider"] = "Microsoft.Compute",
            ["resourceGroupName"] = "rg-sandbox-runner",
            ["resourceId"] = $"/subscriptions/{options.SubscriptionId}/resourceGroups/rg-sandbox-runner/providers/Microsoft.Compute/virtualMachines/sandbox",
            ["subscriptionId"] = options.SubscriptionId,
            ["tags"] = "",
            ["vmSize"] = "Standard_D2s_v5",
            ["zone"] = "",
        },
    };
}
