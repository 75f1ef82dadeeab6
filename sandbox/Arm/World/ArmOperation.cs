using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Work that goes on after its request was answered.</summary>
internal sealed record ArmOperation
{
    /// <summary>Last segment of the addresses to poll.</summary>
    public required string Token { get; init; }

    /// <summary>put, delete, or the name of the action.</summary>
    public required string Verb { get; init; }

    public required string Target { get; init; }

    /// <summary>Path of the addresses to poll, without the last segment: the status document first, then the result.</summary>
    public required string StatusPath { get; init; }

    public required string ResultPath { get; init; }

    public required string ApiVersion { get; init; }

    public required DateTimeOffset Started { get; init; }

    public int Takes { get; init; }

    public int Retry { get; init; }

    public string Status { get; init; } = "InProgress";

    public DateTimeOffset? Ended { get; init; }

    /// <summary>How it is going to fail, if it is.</summary>
    public ArmFailure? Failure { get; init; }

    public JsonNode? Result { get; init; }

    /// <summary>A group's addresses hold neither provider nor status.</summary>
    public bool IsOfGroup => StatusPath == ResultPath && StatusPath.EndsWith("/operationresults", StringComparison.Ordinal);

    public bool IsRunning => Ended is null;

    public static ArmOperation Read(JsonNode node) => node.Deserialize<ArmOperation>()!;

    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this)!;
}
