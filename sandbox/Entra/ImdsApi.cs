using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The instance metadata service of the machine the sandbox pretends to run on, with the tokens of its identities.</summary>
internal sealed class ImdsApi(Tokens tokens, ManagedIdentities identities, SandboxOptions options)
{
    public Task HandleAsync(HttpContext context)
    {
        if (context.Request.Headers["Metadata"] != "true") return RefuseAsync(context, "invalid_request", "Required metadata header not specified");
        if (string.IsNullOrEmpty(context.Request.Query["api-version"])) return RefuseAsync(context, "invalid_request", "Required query parameter 'api-version' missing");

        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/metadata/identity/oauth2/token") => TokenAsync(context),
            ("GET", "/metadata/instance") => ErrorAnswer.WriteJsonAsync(context, 200, Instance()),
            _ => ErrorAnswer.WriteAsync(Endpoint.Imds, context, 404, "not_found", "The requested metadata does not exist."),
        };
    }

    private Task TokenAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["resource"].FirstOrDefault() is not { Length: > 0 } resource) return RefuseAsync(context, "invalid_request", "Required query variable 'resource' is missing");

        var resourceId = query["msi_res_id"].FirstOrDefault() ?? query["mi_res_id"].FirstOrDefault();
        if (identities.Find(query["client_id"], query["object_id"], resourceId) is not { } principal) return RefuseAsync(context, "invalid_request", "Identity not found");

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
