using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What goes back on the wire.</summary>
internal sealed record ArmAnswer(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Answered when there is no body; storage says text/plain.</summary>
    public string? EmptyType { get; init; }

    public ArmAnswer With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
