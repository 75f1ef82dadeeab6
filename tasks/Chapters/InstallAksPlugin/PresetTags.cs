using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>Tags between wish and wire: a list where they are compared, because only in a list does one that nobody wishes for show; a map where DSS has them.</summary>
internal static class PresetTags
{
    public static JsonArray List(JsonObject map) => new([.. map.Select(tag => new JsonObject { ["name"] = tag.Key, ["value"] = tag.Value?.DeepClone() })]);

    public static JsonObject Map(JsonArray list) => new(list.Select(tag => KeyValuePair.Create($"{tag!["name"]}", tag["value"]?.DeepClone())));
}
