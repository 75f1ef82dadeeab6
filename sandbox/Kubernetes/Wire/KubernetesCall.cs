using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>One request to one API server, taken apart.</summary>
internal sealed record KubernetesCall
{
    public required string Method { get; init; }

    /// <summary>The path below the API server.</summary>
    public required string[] Path { get; init; }

    public required IQueryCollection Query { get; init; }

    public string ContentType { get; init; } = "";

    public JsonObject? Body { get; init; }

    /// <summary>A JSON patch, which is the only body that is a list.</summary>
    public JsonArray? Steps { get; init; }

    public KubernetesKind? Kind { get; private init; }

    public string? Namespace { get; private init; }

    public string? Name { get; private init; }

    public string? Part { get; private init; }

    public bool Watches => Is("watch");

    public string Manager => Query["fieldManager"].FirstOrDefault() is { Length: > 0 } named ? named : "unknown";

    public bool Is(string name) => Query[name].FirstOrDefault() is "true" or "1";

    public static async Task<KubernetesCall> ReadAsync(HttpRequest request, string[] path, CancellationToken cancel)
    {
        var content = await BodyAsync(request, cancel);
        return new KubernetesCall
        {
            Method = request.Method,
            Path = path,
            Query = request.Query,
            ContentType = request.ContentType?.Split(';')[0] ?? "",
            Body = content as JsonObject,
            Steps = content as JsonArray,
        }.Named();
    }

    private static async Task<JsonNode?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel);
        if (buffer.Length == 0) return null;
        if (request.ContentType == ProtobufReader.ContentType) return ProtobufReader.Read(buffer.ToArray());
        try
        {
            return JsonNode.Parse(buffer.ToArray(), documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException problem)
        {
            throw new KubernetesRefusal(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - the sandbox's API servers read JSON only: {problem.Message}");
        }
    }

    private KubernetesCall Named()
    {
        var (group, version, rest) = Path switch
        {
            ["api", var v, .. var below] => ("", v, below),
            ["apis", var g, var v, .. var below] => (g, v, below),
            _ => ("", "", []),
        };
        return rest switch
        {
            ["namespaces", var space, var resource, .. var below] when KubernetesKind.Find(group, version, resource) is { IsNamespaced: true } kind => this with { Kind = kind, Namespace = space, Name = below.ElementAtOrDefault(0), Part = below.ElementAtOrDefault(1) },
            [var resource, .. var below] when KubernetesKind.Find(group, version, resource) is { } kind => this with { Kind = kind, Name = below.ElementAtOrDefault(0), Part = below.ElementAtOrDefault(1) },
            _ => this,
        };
    }
}
