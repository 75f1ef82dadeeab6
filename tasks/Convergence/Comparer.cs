using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Walks a wish beside what was observed and collects the differences.</summary>
internal sealed class Comparer(Comparison comparison)
{
    private readonly List<Difference> found = [];
    private readonly Sameness sameness = new(comparison);

    public IReadOnlyList<Difference> Compare(JsonNode desired, JsonNode observed, string path = "")
    {
        Visit(path, desired, observed);
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
                if (!sameness.Of(path, desired, observed)) Add(path, observed, desired);
                break;
        }
    }

    private void VisitMembers(string path, JsonObject wish, JsonObject? seen)
    {
        foreach (var (name, value) in wish) Visit($"{path}/{Pointer.Escape(name)}", value, Pointer.Member(seen, name));
    }

    private void VisitItems(string path, JsonArray wish, JsonArray seen)
    {
        if (!comparison.Unordered.Holds(path)) VisitList(path, wish, seen);
        else if (ItemKey.Of(wish, seen) is { } key) VisitKeyed(path, key, wish, seen);
        else if (wish.Count != seen.Count || !Twins.Match(wish, seen, (item, other) => IsTwin($"{path}/*", item, other))) Add(path, seen, wish);
    }

    private void VisitList(string path, JsonArray wish, JsonArray seen)
    {
        if (wish.Count != seen.Count) Add(path, seen, wish);
        else for (var index = 0; index < wish.Count; index++) Visit($"{path}/{index}", wish[index], seen[index]);
    }

    private void VisitKeyed(string path, ItemKey key, JsonArray wish, JsonArray seen)
    {
        var left = seen.ToDictionary(key.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var item in wish)
        {
            var below = $"{path}/{Pointer.Escape(key.Value(item))}";
            if (left.Remove(key.Value(item), out var twin)) VisitMembers(below, key.Without(item), twin as JsonObject);
            else Add(below, null, item);
        }

        foreach (var (name, item) in left) Add($"{path}/{Pointer.Escape(name)}", item, null);
    }

    private bool IsTwin(string path, JsonNode? item, JsonNode? candidate) =>
        item is null || candidate is null ? sameness.Of(path, item, candidate) : new Comparer(comparison).Compare(item, candidate, path) is [];

    private void Add(string path, JsonNode? before, JsonNode? after)
    {
        if (!comparison.Hidden.Holds(path)) found.Add(new(path, Hiding.Hide(before, comparison.Hidden, path), Hiding.Hide(after, comparison.Hidden, path), comparison.Fixed.Holds(path)));
    }
}
