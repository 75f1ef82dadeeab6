using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The messages that a task of DSS ends with.</summary>
internal static class DssMessages
{
    // Good ones were seen to say success:false; only error and fatal tell something.
    public static JsonObject None => new() { ["anyMessage"] = false, ["success"] = false, ["warning"] = false, ["error"] = false, ["fatal"] = false, ["maxSeverity"] = "INFO", ["messages"] = new JsonArray() };

    public static JsonObject Error(string code, string message, string? details = null) => new()
    {
        ["anyMessage"] = true,
        ["success"] = false,
        ["warning"] = false,
        ["error"] = true,
        ["fatal"] = false,
        ["maxSeverity"] = "ERROR",
        ["messages"] = new JsonArray(new JsonObject { ["severity"] = "ERROR", ["isFatal"] = false, ["code"] = code, ["title"] = code, ["message"] = message, ["details"] = details ?? message }),
    };
}
