using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Changes of a part of an object: JSON patch, merge patch, and the strategic one, in which containers and the like are merged by name.</summary>
internal static class Patches
{
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "containers", "initContainers", "env", "volumes", "imagePullSecrets" };

    public static JsonObject Patched(JsonObject subject, KubernetesCall call)
    {
        var after = subject.DeepClone().AsObject();
        switch (call.ContentType)
        {
            case "application/json-patch+json":
                foreach (var step in call.Steps ?? throw KubernetesRefusal.Bad("a JSON patch is a list")) Step(after, step!.AsObject());
                return after;
            case "application/merge-patch+json":
                Merge(after, Need(call), byName: false);
                return after;
            case "application/strategic-merge-patch+json":
                Merge(after, Need(call), byName: true);
                return after;
            default:
                throw new KubernetesRefusal(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, not {call.ContentType}");
        }
    }

    private static JsonObject Need(KubernetesCall call) => call.Body ?? throw KubernetesRefusal.Bad("the request has no body");

    private static void Merge(JsonObject into, JsonObject patch, bool byName)
    {
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith('$')) continue;
            if (value is null) into.Remove(name);
            else if (value is JsonObject members && into[name] is JsonObject below) Merge(below, members, byName);
            else if (byName && Named.Contains(name) && value is JsonArray items && into[name] is JsonArray there) MergeNamed(there, items);
            else into[name] = Clean(value.DeepClone());
        }
    }

    private static void MergeNamed(JsonArray there, JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            var twin = there.OfType<JsonObject>().FirstOrDefault(other => $"{other["name"]}" == $"{item["name"]}");
            if (item["$patch"]?.ToString() == "delete") there.Remove(twin);
            else if (twin is null) there.Add(item.DeepClone());
            else Merge(twin, item, byName: true);
        }
    }

    // A null inside something new says: not there.
    private static JsonNode Clean(JsonNode value)
    {
        if (value is not JsonObject members) return value;

        foreach (var (name, below) in members.ToList())
        {
            if (below is null) members.Remove(name);
            else Clean(below);
        }

        return members;
    }

    private static void Step(JsonObject subject, JsonObject step)
    {
        var names = $"{step["path"]}".Split('/')[1..].Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        JsonNode? at = subject;
        foreach (var name in names[..^1]) at = at is JsonArray list ? list[int.Parse(name)] : at?[name];
        switch ($"{step["op"]}", at)
        {
            case ("add" or "replace", JsonObject members):
                members[names[^1]] = step["value"]?.DeepClone();
                break;
            case ("add", JsonArray list) when names[^1] == "-":
                list.Add(step["value"]?.DeepClone());
                break;
            case ("replace", JsonArray list):
                list[int.Parse(names[^1])] = step["value"]?.DeepClone();
                break;
            case ("remove", JsonObject members) when members.ContainsKey(names[^1]):
                members.Remove(names[^1]);
                break;
            case ("remove", JsonArray list):
                list.RemoveAt(int.Parse(names[^1]));
                break;
            case ("test", JsonObject members) when JsonNode.DeepEquals(members[names[^1]], step["value"]):
                break;
            default:
                throw new KubernetesRefusal(422, "Invalid", $"the server rejected our request due to an error in our request: {step.ToJsonString()} cannot be done");
        }
    }
}
