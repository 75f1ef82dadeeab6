using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Who owns which field of an object: server-side apply, and what other writes take from others.</summary>
internal static class FieldOwners
{
    /// <summary>Lays what a manager applies over what is there; what it applied before and no longer does goes, unless others have it too.</summary>
    /// <exception cref="KubernetesRefusal">Somebody else owns a field that would change.</exception>
    public static void Apply(JsonObject subject, JsonObject applied, KubernetesCall call, string now)
    {
        var owners = Read(subject);
        var (wished, key) = (FieldSet.Of(applied), new Owner(call.Manager, "Apply"));
        var taken = wished.Where(leaf => !JsonNode.DeepEquals(FieldSet.Get(subject, leaf), FieldSet.Get(applied, leaf))).ToList();
        var conflicts = taken.SelectMany(leaf => owners.Where(owner => owner.Key != key && owner.Value.Contains(leaf)).Select(owner => (Leaf: leaf, owner.Key))).ToList();
        if (conflicts.Count > 0 && !call.Is("force")) throw Refuse(conflicts);

        foreach (var (leaf, owner) in conflicts) owners[owner].Remove(leaf);
        foreach (var leaf in owners.GetValueOrDefault(key, []).Except(wished, StringComparer.Ordinal).Where(leaf => !owners.Any(owner => owner.Key != key && owner.Value.Contains(leaf)))) FieldSet.Drop(subject, leaf);
        foreach (var leaf in wished) FieldSet.Set(subject, leaf, FieldSet.Get(applied, leaf)?.DeepClone());
        owners[key] = wished;
        Write(subject, owners, key, now);
    }

    /// <summary>A write that is no apply owns what it changed.</summary>
    public static void Update(JsonObject before, JsonObject after, KubernetesCall call, string now)
    {
        var (owners, key) = (Read(before), new Owner(call.Manager, "Update"));
        var (old, fresh) = (FieldSet.Of(before), FieldSet.Of(after));
        var changed = fresh.Where(leaf => !JsonNode.DeepEquals(FieldSet.Get(before, leaf), FieldSet.Get(after, leaf))).ToList();
        foreach (var owner in owners.Values) owner.RemoveWhere(leaf => changed.Contains(leaf, StringComparer.Ordinal) || (old.Contains(leaf) && !fresh.Contains(leaf)));
        if (changed.Count > 0) owners[key] = [.. owners.GetValueOrDefault(key, []), .. changed];
        Write(after, owners, key, now);
    }

    private static Dictionary<Owner, HashSet<string>> Read(JsonObject subject) =>
        (subject["metadata"]?["managedFields"] as JsonArray ?? []).ToDictionary(entry => new Owner($"{entry!["manager"]}", $"{entry["operation"]}"), entry => FieldSet.Read(entry!["fieldsV1"]));

    private static void Write(JsonObject subject, Dictionary<Owner, HashSet<string>> owners, Owner last, string now)
    {
        var times = (subject["metadata"]?["managedFields"] as JsonArray ?? []).ToDictionary(entry => new Owner($"{entry!["manager"]}", $"{entry["operation"]}"), entry => $"{entry!["time"]}");
        Metadata.Of(subject)["managedFields"] = new JsonArray([.. owners.Where(owner => owner.Value.Count > 0).Select(owner => new JsonObject
        {
            ["manager"] = owner.Key.Manager,
            ["operation"] = owner.Key.Operation,
            ["apiVersion"] = subject["apiVersion"]?.ToString() ?? "v1",
            ["time"] = owner.Key == last ? now : times.GetValueOrDefault(owner.Key, now),
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = FieldSet.Write(owner.Value),
        })]);
    }

    private static KubernetesRefusal Refuse(IReadOnlyList<(string Leaf, Owner Owner)> conflicts) => new(
        409,
        "Conflict",
        $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {string.Join("\n", conflicts.Select(conflict => $"conflict with \"{conflict.Owner.Manager}\": {FieldSet.Shown(conflict.Leaf)}"))}");

    private sealed record Owner(string Manager, string Operation);
}
