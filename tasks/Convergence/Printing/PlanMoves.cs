using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>What moved between two plans, both as plan.json: which changes came, which went, and which are others than before.</summary>
public static class PlanMoves
{
    /// <summary>The lines for people; none when both do the same.</summary>
    public static IReadOnlyList<string> Between(JsonObject approved, JsonObject found)
    {
        var (before, after) = (Changes(approved), Changes(found));
        return
        [
            .. after.Where(change => !before.ContainsKey(change.Key)).Select(change => $"  new:     {Line(change.Value)}"),
            .. before.Where(change => !after.ContainsKey(change.Key)).Select(change => $"  gone:    {Line(change.Value)}"),
            .. before.Where(change => after.ContainsKey(change.Key)).SelectMany(change => Moved(change.Value, after[change.Key])),
        ];
    }

    private static IEnumerable<string> Moved(JsonObject before, JsonObject after)
    {
        var lines = Verbs(before, after).Concat(Values(Differing(before), Differing(after))).Concat(Values(Wished(before), Wished(after))).ToList();
        return lines.Count == 0 ? [] : [$"  differs: {Line(after)}", .. lines.Select(line => $"           {line}")];
    }

    private static IEnumerable<string> Verbs(JsonObject before, JsonObject after) =>
        $"{before["verb"]}" == $"{after["verb"]}" ? [] : [$"approved to {before["verb"]}, now to {after["verb"]}"];

    private static IEnumerable<string> Values(Dictionary<string, string> before, Dictionary<string, string> after) =>
        before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
            .Select(path => $"{Harmless.Of(path)}: approved {before.GetValueOrDefault(path) ?? "nothing"}, now {after.GetValueOrDefault(path) ?? "nothing"}");

    private static Dictionary<string, string> Differing(JsonObject change) => (change["differences"] as JsonArray ?? []).OfType<JsonObject>()
        .ToDictionary(difference => $"{difference["path"]}", difference => $"{Leaf.Text(difference["before"])} → {Leaf.Text(difference["after"])}", StringComparer.Ordinal);

    private static Dictionary<string, string> Wished(JsonObject change) => change["desired"] is { } wish
        ? Leaves.Of(wish).ToDictionary(leaf => leaf.Path, leaf => Leaf.Text(leaf.Value), StringComparer.Ordinal)
        : [];

    private static Dictionary<string, JsonObject> Changes(JsonObject plan) => (plan["tasks"] as JsonArray ?? [])
        .SelectMany(task => task?["changes"] as JsonArray ?? [])
        .OfType<JsonObject>()
        .ToDictionary(change => $"{change["id"]}", StringComparer.Ordinal);

    private static string Line(JsonObject change) =>
        $"{(Enum.TryParse<Verb>($"{change["verb"]}", ignoreCase: true, out var verb) ? Symbol.Of(verb) : "?")} {Harmless.Of($"{change["id"]}")}";
}
