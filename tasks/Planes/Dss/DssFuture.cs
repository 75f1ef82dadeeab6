using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What DSS says of a long task. Some calls answer with the result itself instead.</summary>
internal sealed record DssFuture
{
    /// <summary>By which it is asked for again; null when there is nothing to ask for.</summary>
    public string? Id { get; private init; }

    public bool IsOver { get; private init; }

    public bool IsAborted { get; private init; }

    public bool IsAlive { get; private init; }

    public JsonNode? Result { get; private init; }

    public static DssFuture Of(JsonNode? state)
    {
        var members = state as JsonObject;
        var id = Pointer.Member(members, "jobId")?.ToString();
        if (members is null || (id is null && !members.ContainsKey("hasResult"))) return new() { IsOver = true, Result = state };

        var (hasResult, isAborted) = (Flag(members, "hasResult"), Flag(members, "aborted"));
        return new()
        {
            Id = hasResult || isAborted ? null : id,
            IsOver = hasResult || isAborted || id is null,
            IsAborted = isAborted,
            // Said only where it is false: what says nothing is asked again.
            IsAlive = !members.ContainsKey("alive") || Flag(members, "alive"),
            Result = members["result"],
        };
    }

    private static bool Flag(JsonObject members, string name) => bool.TryParse(Pointer.Member(members, name)?.ToString(), out var value) && value;
}
