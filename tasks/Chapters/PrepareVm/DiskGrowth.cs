using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Disks of Azure grow and never shrink.</summary>
internal static class DiskGrowth
{
    /// <summary>Why a smaller size cannot be made; null when it grows, stays, or is not known.</summary>
    public static Problem? Objection(string disk, string key, JsonNode? wished, JsonNode? seen) => Of(wished) < Of(seen)
        ? new Problem(
            "Disks do not shrink",
            $"{disk} has {seen} GB, and {key} asks for {wished}. Azure grows disks and never shrinks them. "
            + $"Put {key} back to {seen} or more; to have a smaller disk, give it a new name and copy the data.")
        : null;

    public static decimal? Of(JsonNode? size) => size is JsonValue value && decimal.TryParse(value.ToJsonString(), out var number) ? number : null;
}
