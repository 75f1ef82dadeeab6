using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Azure tells the one range of a subnet alone or as a list of one, depending on who made it.</summary>
internal static class SubnetRange
{
    public static JsonNode Single(JsonNode observed)
    {
        if (Pointer.At(observed, "/properties/addressPrefix") is null && Pointer.At(observed, "/properties/addressPrefixes/0") is { } first)
        {
            observed["properties"]!["addressPrefix"] = first.DeepClone();
        }

        return observed;
    }
}
