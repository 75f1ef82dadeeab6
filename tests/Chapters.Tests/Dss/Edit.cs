using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>One way in which somebody edits a document of DSS.</summary>
/// <param name="Do">Edits, and tells the pointer of what was edited; null when there is nothing to edit.</param>
internal sealed record Edit(string Path, Func<JsonObject, int, Random, string?> Do, string Method = "PUT")
{
    /// <summary>Where the document is added while it is not there, and what is sent then; null for one that others make.</summary>
    public (string At, Func<int, JsonNode> Body)? Birth { get; init; }

    /// <summary>Adds a thing of their own, or changes it where it is there.</summary>
    public static Edit Own(string collection, string name, Func<int, JsonNode> body, Func<JsonObject, int, string?> change) =>
        new($"{collection}/{name}", (document, number, _) => change(document, number)) { Birth = (collection, body) };

    /// <summary>Takes a thing of their own away.</summary>
    public static Edit Away(string path) => new(path, (_, _, _) => "", "DELETE");

    /// <summary>Puts an item somewhere into a list, in place of the one of its name.</summary>
    public static string Add(JsonObject document, string list, JsonNode item, Random chance)
    {
        var items = ListAt(document, list);
        Remove(document, list, $"{item["name"]}");
        items.Insert(chance.Next(items.Count + 1), item);
        return $"{list}/{item["name"]}";
    }

    public static string? Remove(JsonObject document, string list, string name) =>
        Somebody.At(document, $"{list}/{name}") is { } there && ((JsonArray)there.Parent!).Remove(there) ? $"{list}/{name}" : null;

    /// <summary>Puts an item at the end of a list of groups.</summary>
    public static string Put(JsonObject document, string list, JsonNode item)
    {
        if (Somebody.At(document, $"/{list}/{item["group"]}") is { } there) ((JsonArray)there.Parent!).Remove(there);
        ListAt(document, $"/{list}").Add(item);
        return $"/{list}/{item["group"]}";
    }

    public static string? Set(JsonObject document, string holder, string name, JsonNode value)
    {
        // What DSS keeps as it comes is nothing before somebody wrote it.
        if (holder.Count(letter => letter == '/') == 1 && document[holder[1..]] is null) document[holder[1..]] = new JsonObject();
        if ((holder is "" ? document : Somebody.At(document, holder)) is not JsonObject there) return null;

        there[name] = value.GetValueKind() is JsonValueKind.Number ? $"{value}" : value;
        return $"{holder}/{Pointer.Escape(name)}";
    }

    private static JsonArray ListAt(JsonObject document, string pointer) =>
        Somebody.At(document, pointer) as JsonArray ?? throw new InvalidDataException($"{pointer} is no list");
}
