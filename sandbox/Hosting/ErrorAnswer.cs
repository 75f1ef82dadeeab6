using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>An error in the shape of the service that gives it.</summary>
internal static class ErrorAnswer
{
    /// <summary>The usual code and words of a status.</summary>
    public static Task WriteAsync(Endpoint endpoint, HttpContext context, int status, string? code = null)
    {
        // Gateways in front of Azure answer 502 with a page for people.
        if (status == 502) return WriteTextAsync(context, status, "text/html", "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>");

        var (usual, message) = Usual(endpoint, status);
        return WriteAsync(endpoint, context, status, code ?? usual, message);
    }

    public static Task WriteForbiddenAsync(Endpoint endpoint, HttpContext context, string? code) => endpoint switch
    {
        Endpoint.KeyVault => WriteAsync(endpoint, context, 403, code ?? "Forbidden", "Caller is not authorized to perform action on resource. If role assignments were changed recently, please observe propagation time."),
        Endpoint.Blob => WriteAsync(endpoint, context, 403, code ?? "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission."),
        Endpoint.Registry => WriteAsync(endpoint, context, 403, code ?? "DENIED", "requested access to the resource is denied"),
        _ => WriteAsync(endpoint, context, 403, code),
    };

    public static Task WriteAsync(Endpoint endpoint, HttpContext context, int status, string code, string message)
    {
        switch (endpoint)
        {
            case Endpoint.Blob:
                context.Response.Headers["x-ms-error-code"] = code;
                var error = new XElement("Error", new XElement("Code", code), new XElement("Message", message));
                return WriteTextAsync(context, status, "application/xml", $"""<?xml version="1.0" encoding="utf-8"?>{error.ToString(SaveOptions.DisableFormatting)}""");
            case Endpoint.Registry:
                return WriteJsonAsync(context, status, RegistryRefusal.Body(code, message));
            case Endpoint.Entra or Endpoint.Imds:
                return WriteJsonAsync(context, status, new JsonObject { ["error"] = code, ["error_description"] = message });
            case Endpoint.Dss:
                return WriteJsonAsync(context, status, DssAnswer.Problem(code, message));
            case Endpoint.Kubernetes:
                return WriteJsonAsync(context, status, KubernetesRefusal.Body(status, code, message));
            case Endpoint.Oidc:
                return WriteJsonAsync(context, status, new JsonObject { ["message"] = message });
            default:
                context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
                if (endpoint == Endpoint.Arm) context.Response.Headers["x-ms-correlation-request-id"] = Correlation(context);
                return WriteJsonAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        }
    }

    public static Task WriteJsonAsync(HttpContext context, int status, JsonNode body) =>
        WriteTextAsync(context, status, "application/json; charset=utf-8", body.ToJsonString());

    public static Task WriteTextAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Correlation(HttpContext context) =>
        context.Request.Headers["x-ms-correlation-request-id"].FirstOrDefault() ?? Guid.NewGuid().ToString();

    private static (string Code, string Message) Usual(Endpoint endpoint, int status) => (status, endpoint) switch
    {
        (_, Endpoint.Entra) => ("temporarily_unavailable", "AADSTS90033: A transient error has occurred. Please try again."),
        (429, Endpoint.Dss) => ("TooManyRequestsException", "Too many requests"),
        (404, Endpoint.Dss) => ("java.lang.IllegalArgumentException", "Object does not exist"),
        (_, Endpoint.Dss) => ("java.lang.RuntimeException", "Internal error"),
        (_, Endpoint.Kubernetes) => KubernetesRefusal.Usual(status),
        (401, Endpoint.Registry) => ("UNAUTHORIZED", RegistryRefusal.SignInFirst),
        (429, Endpoint.Registry) => ("TOOMANYREQUESTS", "too many requests"),
        (500, Endpoint.Registry) => ("UNKNOWN", "unknown error"),
        (401, _) => ("ExpiredAuthenticationToken", "The access token has expired."),
        (403, _) => ("AuthorizationFailed", "The client does not have authorization to perform action over scope. If access was recently granted, please refresh your credentials."),
        (404, _) => ("ResourceNotFound", "The resource was not found."),
        (408, _) => ("RequestTimeout", "The request timed out."),
        (409, _) => ("AnotherOperationInProgress", "Another operation on this or dependent resource is in progress."),
        (412, _) => ("PreconditionFailed", "The precondition given in one or more request headers evaluated to false."),
        (429, Endpoint.Blob) or (503, Endpoint.Blob) => ("ServerBusy", "The server is currently unable to receive requests. Please retry your request."),
        (429, _) => ("TooManyRequests", "The request is being throttled as the limit has been reached for operations of this type."),
        (503, _) => ("ServiceUnavailable", "The service is temporarily unavailable. Please retry later."),
        (504, _) => ("GatewayTimeout", "The gateway did not receive a response within the specified time period."),
        _ => ("InternalServerError", "Encountered internal server error."),
    };
}
