using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Wishes for parts of a document of DSS: laid over it, the rest stays as others left it.</summary>
internal static class DssWish
{
    /// <summary>Lays the wish over the document: objects are merged, everything else is put in place of what was there.</summary>
    public static void Lay(JsonObject document, JsonObject wish)
    {
        foreach (var (name, value) in wish)
        {
            if (value is JsonObject members && document[name] is JsonObject below) Lay(below, members);
            else document[name] = value?.DeepClone();
        }
    }

    /// <summary>A wish with the members that the manifest lays over it by hand; a null takes a member out of it.</summary>
    public static JsonObject With(JsonObject wish, JsonObject settings)
    {
        foreach (var (name, value) in settings)
        {
            if (value is null) wish.Remove(name);
            else if (value is JsonObject members) wish[name] = With(wish[name] as JsonObject ?? [], members);
            else wish[name] = value.DeepClone();
        }

        return wish;
    }

    /// <summary>The pointer of every value that is wished; nothing and an empty string are what a server may leave out.</summary>
    public static IReadOnlyList<string> Pointers(JsonObject wish, string below = "") =>
    [
        .. wish.SelectMany(member => member.Value switch
        {
            JsonObject members => Pointers(members, $"{below}/{Pointer.Escape(member.Key)}"),
            null or JsonArray { Count: 0 } => [],
            JsonValue value when value.TryGetValue(out string? text) && text.Length == 0 => [],
            _ => (IReadOnlyList<string>)[$"{below}/{Pointer.Escape(member.Key)}"],
        }),
    ];
}
