using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Which manifests a registry takes, and to whom it gives them.</summary>
internal static class ManifestForm
{
    private const string OciImage = "application/vnd.oci.image.manifest.v1+json";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";
    private const string DockerImage = "application/vnd.docker.distribution.manifest.v2+json";
    private const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Its media type, once everything it names is in the repository.</summary>
    public static string Check(byte[] bytes, string? contentType, StoredRepository held)
    {
        if (Parse(bytes) is not { } manifest || Dotted.Number(manifest, "schemaVersion") != 2) throw Invalid("manifest invalid");

        var said = Dotted.Text(manifest, "mediaType");
        var type = contentType?.Split(';')[0].Trim() is { Length: > 0 } header ? header : said ?? OciImage;
        if (said is not null && said != type) throw Invalid($"mediaType in manifest should be '{type}' not '{said}'");
        switch (type)
        {
            case OciImage or DockerImage:
                NeedAll(Dotted.Items(manifest, "layers").Where(layer => layer["urls"] is null).Append(manifest["config"] as JsonObject), held.Blobs.Contains, "MANIFEST_BLOB_UNKNOWN");
                return type;
            case OciIndex or DockerList:
                NeedAll(Dotted.Items(manifest, "manifests"), held.Manifests.ContainsKey, "MANIFEST_UNKNOWN");
                return type;
            default:
                throw Invalid($"unsupported media type '{type}'");
        }
    }

    /// <summary>Why one who accepts only that does not get it; null when he does.</summary>
    public static string? Refusal(string type, string accepted) => type switch
    {
        _ when accepted.Contains(type, StringComparison.Ordinal) => null,
        OciIndex => "OCI index found, but accept header does not support OCI indexes",
        OciImage => "OCI manifest found, but accept header does not support OCI manifests",
        _ => null,
    };

    private static void NeedAll(IEnumerable<JsonObject?> parts, Func<string, bool> isThere, string code)
    {
        foreach (var part in parts)
        {
            if (Dotted.Text(part, "digest") is not { } digest) throw Invalid("manifest invalid");
            if (!isThere(digest)) throw new RegistryRefusal(400, code, $"{(code == "MANIFEST_UNKNOWN" ? "manifest" : "blob")} unknown to registry", new JsonObject { ["digest"] = digest });
        }
    }

    private static JsonObject? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RegistryRefusal Invalid(string message) => new(400, "MANIFEST_INVALID", message);
}
