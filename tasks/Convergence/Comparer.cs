using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Walks a wish beside what was observed and collects the differences.</summary>
internal sealed class Comparer(Comparison comparison)
{
    private static readonly string[] Keys = ["name", "key", "lun", "id"];

    private readonly List<Difference> found = [];

    public IReadOnlyList<Difference> Compare(JsonNode desired, JsonNode observed)
    {
        Visit("", desired, observed);
        return found;
    }

    private void Visit(string path, JsonNode? desired, JsonNode? observed)
    {
        if (comparison.Hidden.Holds(path)) return;

        switch (desired)
        {
            case JsonObject wish when !Reference.TryRead(wish, out _, out _):
                VisitMembers(path, wish, observed as JsonObject);
                break;
            case JsonArray wish when observed is JsonArray seen && seen.Count + wish.Count > 0:
                VisitItems(path, wish, seen);
                break;
            default:
                if (!Same(path, desired, observed)) Add(path, observed, desired);
                break;
        }
    }

    private void VisitMembers(string path, JsonObject wish, JsonObject? seen)
    {
        foreach (var (name, value) in wish)
        {
            Visit($"{path}/{Pointer.Escape(name)}", value, Pointer.Member(seen, name));
        }
    }

    private void VisitItems(string path, JsonArray wish, JsonArray seen)
    {
        if (Key(wish, seen) is { } key && comparison.Unordered.Holds(path)) VisitKeyed(path, key, wish, seen);
        else if (wish.Count != seen.Count || comparison.Unordered.Holds(path)) VisitSet(path, wish, seen);
        else for (var index = 0; index < wish.Count; index++) Visit($"{path}/{index}", wish[index], seen[index]);
    }

    private void VisitKeyed(string path, string key, JsonArray wish, JsonArray seen)
    {
        var left = seen.OfType<JsonObject>().ToDictionary(item => Text(item[key]), StringComparer.OrdinalIgnoreCase);
        foreach (var item in wish.OfType<JsonObject>())
        {
            left.Remove(Text(item[key]), out var twin);
            var below = $"{path}/{Pointer.Escape(Text(item[key]))}";
            if (twin is null) Add(below, null, item);
            else VisitMembers(below, item, twin);
        }

        foreach (var (name, item) in left) Add($"{path}/{Pointer.Escape(name)}", item, null);
    }

    private void VisitSet(string path, JsonArray wish, JsonArray seen)
    {
        var left = seen.ToList();
        var same = wish.Count == seen.Count && wish.All(item => TakeTwin(path, item, left));
        if (!same) Add(path, seen, wish);
    }

    private bool TakeTwin(string path, JsonNode? item, List<JsonNode?> left)
    {
        var twin = left.FindIndex(candidate => item is JsonObject wish && candidate is not null
            ? new Comparer(comparison).At($"{path}/*", wish, candidate) is []
            : Same(path, item, candidate));
        if (twin >= 0) left.RemoveAt(twin);
        return twin >= 0;
    }

    private List<Difference> At(string path, JsonNode desired, JsonNode observed)
    {
        Visit(path, desired, observed);
        return found;
    }

    private bool Same(string path, JsonNode? desired, JsonNode? observed)
    {
        if (IsNothing(desired) || IsNothing(observed)) return IsNothing(desired) && IsNothing(observed);
        if (JsonNode.DeepEquals(desired, observed)) return true;
        if (Number(desired) is { } wished && Number(observed) is { } seen) return wished == seen;
        return comparison.Folded.Holds(path) && desired is JsonValue && observed is JsonValue && Fold(desired) == Fold(observed);
    }

    private void Add(string path, JsonNode? before, JsonNode? after) =>
        found.Add(new(path, before?.DeepClone(), after?.DeepClone(), comparison.Fixed.Holds(path)));

    /// <summary>Remotes spell "nothing" in five ways that mean the same.</summary>
    private static bool IsNothing(JsonNode? node) => node switch
    {
        null => true,
        JsonArray items => items.Count == 0,
        JsonObject members => members.Count == 0,
        JsonValue value => value.TryGetValue(out string? text) && text.Length == 0,
        _ => false,
    };

    private static decimal? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), out var number) ? number : null;

    private static string Fold(JsonNode? node) => string.Concat(Text(node).Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";

    private static string? Key(JsonArray wish, JsonArray seen) =>
        Keys.FirstOrDefault(key => wish.Concat(seen).All(item => item is JsonObject members && members[key] is JsonValue));
}
