using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What an API server refuses, in its own words.</summary>
internal sealed class KubernetesRefusal(int status, string reason, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;

    public JsonObject Body() => Body(Status, Reason, Message);

    public static KubernetesRefusal NotFound(KubernetesKind kind, string name) => new(404, "NotFound", $"{kind.Qualified} \"{name}\" not found");

    public static KubernetesRefusal Exists(KubernetesKind kind, string name) => new(409, "AlreadyExists", $"{kind.Qualified} \"{name}\" already exists");

    public static KubernetesRefusal Changed(KubernetesKind kind, string name) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind.Qualified} \"{name}\": the object has been modified; please apply your changes to the latest version and try again");

    public static KubernetesRefusal Forbidden(KubernetesKind kind, string name, string why) => new(403, "Forbidden", $"{kind.Qualified} \"{name}\" is forbidden: {why}");

    public static KubernetesRefusal Invalid(KubernetesKind kind, string name, string why) => new(422, "Invalid", $"{kind.Kind} \"{name}\" is invalid: {why}");

    public static KubernetesRefusal Bad(string message) => new(400, "BadRequest", message);

    public static JsonObject Body(int status, string reason, string message) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["code"] = status,
    };

    /// <summary>The reason and the words of a status, for answers that a fault gives.</summary>
    public static (string Reason, string Message) Usual(int status) => status switch
    {
        401 => ("Unauthorized", "Unauthorized"),
        403 => ("Forbidden", "forbidden: User \"masterclient\" cannot do that at the cluster scope"),
        404 => ("NotFound", "the server could not find the requested resource"),
        409 => ("Conflict", "the object has been modified; please apply your changes to the latest version and try again"),
        429 => ("TooManyRequests", "the server has received too many requests and has asked us to try again later"),
        503 => ("ServiceUnavailable", "the server is currently unable to handle the request"),
        504 => ("Timeout", "the server was unable to return a response in the time allotted, but may still be processing the request"),
        _ => ("InternalError", "an error on the server has prevented the request from succeeding"),
    };
}
