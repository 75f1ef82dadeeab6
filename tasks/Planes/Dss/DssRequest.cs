using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>One request to the API of DSS, which can be sent more than once.</summary>
internal sealed record DssRequest(HttpMethod Method, string Path)
{
    /// <summary>Makes the body anew for each attempt; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    public DssPersistence Persistence { get; init; } = DssPersistence.Patient;

    public static DssRequest Get(string path) => new(HttpMethod.Get, path);

    public static DssRequest Put(string path, JsonNode body) => new(HttpMethod.Put, path) { Content = Json(body) };

    public static DssRequest Post(string path, JsonNode? body) => new(HttpMethod.Post, path) { Content = body is null ? null : Json(body), Persistence = DssPersistence.Careful };

    public static DssRequest Delete(string path) => new(HttpMethod.Delete, path);

    public override string ToString() => $"{Method} {Path.Split('?')[0]}";

    private static Func<HttpContent> Json(JsonNode body)
    {
        var text = body.ToJsonString();
        return () => new StringContent(text, System.Text.Encoding.UTF8, "application/json");
    }
}

/// <summary>Which failures a request is repeated after.</summary>
internal enum DssPersistence
{
    /// <summary>All that may pass: doing it twice does no harm.</summary>
    Patient,

    /// <summary>Those that a gateway or the network caused; what DSS itself says counts.</summary>
    Polling,

    /// <summary>Only a refusal to begin: doing it twice may do it twice.</summary>
    Careful,

    /// <summary>All but that nobody listens: whoever asks wants to know that.</summary>
    Probing,

    /// <summary>None: whoever asks decides.</summary>
    Once,
}
