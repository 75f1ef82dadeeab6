using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>The secrets that a DSS of the sandbox keeps in its files, in plain text, by the path of their document and their place in it.</summary>
internal static class KeptSecrets
{
    private const string Sealed = "e:AES:";

    /// <summary>All there are: whatever is encrypted in any document.</summary>
    public static IReadOnlyDictionary<string, string> Of(TestDss server) => Directory
        .EnumerateFiles(Path.Combine(server.Folder, "config"), "*.json")
        .SelectMany(file => Texts(JsonNode.Parse(File.ReadAllText(file)), Path.GetFileNameWithoutExtension(file)))
        .Where(text => text.Value.StartsWith(Sealed, StringComparison.Ordinal))
        .ToDictionary(text => InApi(text.Key), text => server.Open(text.Value), StringComparer.Ordinal);

    /// <summary>Every text below a place; items of lists are known by their names.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts(JsonNode? node, string place) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value, $"{place}/{Pointer.Escape(member.Key)}")),
        JsonArray items => items.SelectMany((item, index) => Texts(item, $"{place}/{Somebody.NameOf(item) ?? $"{index}"}")),
        JsonValue value when value.TryGetValue(out string? text) => [new(place, text)],
        _ => [],
    };

    /// <summary>What the public API calls a place in those files.</summary>
    private static string InApi(string place) => place.Split('/') switch
    {
        ["plugin-settings", var plugin, .. var rest] => $"plugins/{plugin}/settings/{string.Join('/', rest)}",
        _ => $"admin/{place}",
    };
}
