using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Cuts a body down to what differs, for a PATCH.</summary>
internal static class Changed
{
    /// <summary>The members that differ; an array, and the set of tags, is one member and sent whole.</summary>
    public static JsonObject Of(JsonObject body, IEnumerable<Difference> differences)
    {
        var cut = new JsonObject();
        foreach (var difference in differences) Copy(body, cut, [.. difference.Path.Split('/').Skip(1).Select(Pointer.Unescape)]);
        return cut;
    }

    private static void Copy(JsonObject from, JsonObject to, ReadOnlySpan<string> way)
    {
        var (name, value) = (way[0], Pointer.Member(from, way[0]));
        if (way.Length == 1 || name == "tags" || value is not JsonObject below)
        {
            if (value is not null) to[name] = value.DeepClone();
            return;
        }

        if (to[name] is not JsonObject target) to[name] = target = [];
        Copy(below, target, way[1..]);
    }
}
