using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What arrives over the wire at a DSS, in its order.</summary>
internal sealed class Wire
{
    private readonly Lock gate = new();
    private readonly List<Sent> all = [];

    /// <summary>All of it so far.</summary>
    public IReadOnlyList<Sent> All
    {
        get
        {
            lock (gate) return [.. all];
        }
    }

    public void Tap(string method, string path, string text)
    {
        lock (gate) all.Add(new(method, path, text));
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Sent(string Method, string Path, string Text)
{
    private const string Prefix = "/public/api/";

    /// <summary>The names in its path.</summary>
    public IReadOnlyList<string> Names { get; } = Path.StartsWith(Prefix, StringComparison.Ordinal) ? Path[Prefix.Length..].TrimEnd('/').Split('/') : [];

    /// <summary>What it sends, where that is an object.</summary>
    public JsonObject Body => JsonNode.Parse(Text) as JsonObject ?? throw new InvalidDataException($"{Method} {Path} sends no object: {Text}");
}
