using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>A call of the public API: the names in its path, its query, what it sends, and the key that made it.</summary>
internal sealed record DssCall
{
    public required IReadOnlyList<string> Names { get; init; }

    public required IQueryCollection Query { get; init; }

    public required DssKey Key { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>The file of a multipart body.</summary>
    public DssFile? File { get; init; }

    /// <summary>The first name of the path: the one asked for.</summary>
    public string Name => Names[0];

    /// <summary>The body where it must be an object.</summary>
    public JsonObject Object => Body as JsonObject ?? throw DssRefusal.Invalid("The body must be a JSON object");

    /// <summary>A flag of the query; clients write True, true and 1.</summary>
    public bool Flag(string name, bool usual = false) =>
        Query[name].FirstOrDefault() is { Length: > 0 } text ? text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) : usual;
}

/// <summary>A file that came with a call.</summary>
internal sealed record DssFile(string Name, byte[] Content);
