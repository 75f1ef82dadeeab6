using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Reads the errors of Azure: nested as ARM tells them, flat as AKS does, or HTML from a gateway.</summary>
internal static class ArmError
{
    private const int Longest = 600;

    public static RemoteError Of(ArmAnswer answer) => Of(answer, answer.Json as JsonObject);

    /// <summary>The error inside a status answer that is itself a success.</summary>
    public static RemoteError OfOperation(ArmAnswer answer, string status)
    {
        var told = Of(answer, answer.Json as JsonObject);
        return told.Code.Length > 0 ? told : told with { Code = status, Message = $"The operation ended as {status} and Azure gave no reason." };
    }

    private static RemoteError Of(ArmAnswer answer, JsonObject? body)
    {
        var error = Pointer.Member(body, "error") as JsonObject ?? body;
        var code = Text(error, "code");
        return new RemoteError(answer.Status, code, code.Length > 0 ? Message(error) : Plain(answer))
        {
            Correlation = answer.Correlation,
            Facts = Facts(error),
        };
    }

    private static string Message(JsonObject? error)
    {
        var details = (Pointer.Member(error, "details") as JsonArray ?? []).OfType<JsonObject>().Select(detail => Text(detail, "message"));
        return string.Join(' ', details.Prepend(Text(error, "message")).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Facts(JsonObject? error)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Text(error, "target") is { Length: > 0 } target) facts["target"] = target;
        if (Text(error, "subcode") is { Length: > 0 } subcode) facts["subcode"] = subcode;
        foreach (var more in (Pointer.Member(error, "additionalInfo") as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var (name, value) in Pointer.Member(more, "info") as JsonObject ?? []) facts.TryAdd(name, value?.ToString() ?? "");
        }

        return facts;
    }

    /// <summary>Pages of gateways are not for people; their first words are.</summary>
    private static string Plain(ArmAnswer answer)
    {
        var text = answer.Body.TrimStart().StartsWith('<') ? "" : answer.Body.Trim();
        return text.Length == 0 ? $"Azure answered HTTP {answer.Status} without a reason." : text[..Math.Min(text.Length, Longest)];
    }

    private static string Text(JsonObject? members, string name) => Pointer.Member(members, name) is JsonValue value ? value.ToString() : "";
}
