using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Reads the errors of vaults, whose own code says little and whose inner code says why.</summary>
internal static class VaultError
{
    public const string Deleted = "ObjectIsDeletedButRecoverable";
    public const string BeingDeleted = "ObjectIsBeingDeleted";
    public const string BeingRecovered = "ObjectIsBeingRecovered";

    public static RemoteError Of(RequestFailedException failure)
    {
        var error = Pointer.Member(Body(failure), "error") as JsonObject;
        var code = Text(Pointer.Member(error, "innererror") as JsonObject, "code") ?? Text(error, "code") ?? failure.ErrorCode ?? "";
        return new(failure.Status, code, Text(error, "message") ?? $"HTTP {failure.Status} without a reason.") { Correlation = Header(failure, "x-ms-request-id") };
    }

    public static TimeSpan? WaitOf(RequestFailedException failure, TimeProvider clock) => RetryAfter.Parse(Header(failure, "Retry-After"), clock);

    private static string? Header(RequestFailedException failure, string name) =>
        failure.GetRawResponse() is { } response && response.Headers.TryGetValue(name, out var value) ? value : null;

    private static JsonObject? Body(RequestFailedException failure)
    {
        try
        {
            return JsonNode.Parse(failure.GetRawResponse()?.Content.ToString() ?? "") as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? members, string name) => Pointer.Member(members, name) is JsonValue value ? value.ToString() : null;
}
