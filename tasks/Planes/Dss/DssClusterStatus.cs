using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What DSS says of a cluster: how far it is, and why the last attempt failed.</summary>
/// <param name="Error">In the words of DSS and its plugin; null when nothing failed.</param>
public sealed record DssClusterStatus(string State, string? Error = null)
{
    public const string None = "NONE";
    public const string Starting = "STARTING";
    public const string Running = "RUNNING";
    public const string Stopping = "STOPPING";

    private const int Longest = 900;

    /// <summary>Whether nobody knows what became of the request: its answer got lost, or never was DSS's own.</summary>
    public bool IsUnheard { get; init; }

    public bool IsMoving => State is Starting or Stopping;

    internal static DssClusterStatus Read(JsonNode? status, Redactor redactor) => new(StateOf(status), ErrorOf(status?["error"]) is { } error ? redactor.Clean(error) : null);

    /// <summary>The state, which some versions tell as an object.</summary>
    private static string StateOf(JsonNode? status) => $"{(status?["state"] is JsonObject inner ? inner["state"] : status?["state"])}" is { Length: > 0 } state ? state : None;

    private static string? ErrorOf(JsonNode? error) => error switch
    {
        JsonObject told => Short($"{told["detailedMessage"] ?? told["message"] ?? told["errorType"]}"),
        JsonValue text => Short($"{text}"),
        _ => null,
    };

    private static string? Short(string text) => text.Length == 0 ? null : text.Length <= Longest ? text : $"{text[..Longest]} …";
}
