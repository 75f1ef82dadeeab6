using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Why a registry does not do what it is asked, in the shape that its clients read.</summary>
internal sealed class RegistryRefusal(int status, string code, string message, JsonNode? detail = null) : Exception(message)
{
    public const string SignInFirst = "authentication required, visit https://aka.ms/acr/authorization for more information.";

    public int Status { get; } = status;

    /// <summary>How to sign in; sent with a 401.</summary>
    public string? Challenge { get; init; }

    public Task WriteAsync(HttpContext context)
    {
        if (Challenge is not null) context.Response.Headers.WWWAuthenticate = Challenge;
        return ErrorAnswer.WriteJsonAsync(context, Status, Body(code, Message, detail));
    }

    public static JsonObject Body(string code, string message, JsonNode? detail = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (detail is not null) error["detail"] = detail.DeepClone();
        return new JsonObject { ["errors"] = new JsonArray(error) };
    }

    /// <summary>Who asks is not known here, or may do nothing here.</summary>
    public static RegistryRefusal Unauthorized() => new(401, "UNAUTHORIZED", SignInFirst);

    public static RegistryRefusal Bad(string message) => new(400, "BAD_REQUEST", message);

    public static RegistryRefusal NotFound() => new(404, "NOT_FOUND", "The requested resource is not found.");

    public static RegistryRefusal NoRegistry(string name) => new(404, "NOT_FOUND", $"There is no registry {name}{Registries.Suffix}.");

    public static RegistryRefusal NoManifest(string message, JsonNode? detail = null) => new(404, "MANIFEST_UNKNOWN", message, detail);

    public static RegistryRefusal NoBlob(string digest) => new(404, "BLOB_UNKNOWN", "blob unknown to registry", JsonValue.Create(digest));

    public static RegistryRefusal NoUpload() => new(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");

    public static RegistryRefusal NoRepository(string name) => new(404, "NAME_UNKNOWN", "repository name not known to registry", new JsonObject { ["name"] = name });

    public static RegistryRefusal BadDigest() => new(400, "DIGEST_INVALID", "provided digest did not match uploaded content");

    public static RegistryRefusal Unsupported() => new(405, "UNSUPPORTED", "The operation is unsupported.");
}
