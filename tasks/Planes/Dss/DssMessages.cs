using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Reads failures out of answers that say 200.</summary>
public static class DssMessages
{
    /// <summary>What went wrong, in DSS's words; null when nothing did. Of messages only "error" and "fatal" count: "success" is false after some successes.</summary>
    public static string? FailureIn(JsonNode? answer)
    {
        if (answer is not JsonObject result) return null;

        if (Of(result["messages"] as JsonObject) is { } told) return told;
        // Some calls answer with the block of messages itself.
        if (result["messages"] is JsonArray && Of(result) is { } bare) return bare;
        return Text(result, "storedError") ?? Failed(result);
    }

    private static string? Of(JsonObject? block)
    {
        if (!IsTrue(block, "error") && !IsTrue(block, "fatal")) return null;

        var all = (block!["messages"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var bad = all.Where(one => IsTrue(one, "isFatal") || one["severity"]?.ToString() == "ERROR").ToList();
        var words = (bad.Count > 0 ? bad : all).Select(Words).Where(text => text.Length > 0);
        return string.Join(" ", words) is { Length: > 0 } told ? told : "DSS says that it failed, and not why.";
    }

    /// <summary>Plugins say it in a member of their own.</summary>
    private static string? Failed(JsonObject result) => result["installationError"] is JsonObject error
        ? Text(error, "detailedMessage") ?? Text(error, "message") ?? "DSS says that it failed, and not why."
        : result["success"]?.ToString() is "false" && !HasMessages(result) ? Text(result, "detailedMessage") ?? Text(result, "message") ?? "DSS says that it failed, and not why." : null;

    private static bool HasMessages(JsonObject result) => result.ContainsKey("maxSeverity") || result.ContainsKey("anyMessage");

    private static string Words(JsonObject message) =>
        string.Join(": ", new[] { Text(message, "code"), Text(message, "title"), Text(message, "message"), Text(message, "details") }.OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } text ? $"{text.TrimEnd('.')}." : "";

    private static bool IsTrue(JsonObject? members, string name) => Pointer.Member(members, name)?.ToString() is "true";

    private static string? Text(JsonObject members, string name) => Pointer.Member(members, name) switch
    {
        JsonValue value when value.ToString() is { Length: > 0 } text => text,
        JsonObject inner => Text(inner, "detailedMessage") ?? Text(inner, "message"),
        _ => null,
    };
}
