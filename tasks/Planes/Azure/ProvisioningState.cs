using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What ARM says about how far a thing or an operation has come.</summary>
internal static class ProvisioningState
{
    public const string Path = "/properties/provisioningState";
    public const string Succeeded = nameof(Succeeded);

    /// <summary>State of a resource; a thing that tells no state is done.</summary>
    public static string Of(JsonNode? resource) => Pointer.At(resource, Path) is JsonValue value ? value.ToString() : Succeeded;

    /// <summary>Writes the state down where a thing leaves it out.</summary>
    public static JsonNode Fill(JsonNode resource)
    {
        if (Pointer.At(resource, Path) is not null || resource is not JsonObject members) return resource;
        if (members["properties"] is not JsonObject properties) members["properties"] = properties = [];
        properties["provisioningState"] = Succeeded;
        return resource;
    }

    /// <summary>State of an operation; an answer without one is still going.</summary>
    public static string OfOperation(JsonNode? operation) => Pointer.At(operation, "/status") is JsonValue value ? value.ToString() : "";

    public static bool IsSuccess(string state) => state.Equals(Succeeded, StringComparison.OrdinalIgnoreCase);

    public static bool IsFailure(string state) => state.ToUpperInvariant() is "FAILED" or "CANCELED" or "CANCELLED";

    public static bool IsFinal(string state) => IsSuccess(state) || IsFailure(state);
}
