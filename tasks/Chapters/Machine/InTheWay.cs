using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The words for a thing of another kind that stands where ours is to be.</summary>
internal static class InTheWay
{
    public static Problem? Of(ResourceId id, string path, JsonNode? observed) => Pointer.At(observed, "/inTheWay") is { } thing
        ? new Problem(
            "Something stands in the way",
            $"{id} is to be made at {path}, and {thing} stands there. Nothing is removed that this deployment did not make: move it away, then run again.")
        : null;
}
