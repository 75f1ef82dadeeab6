using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Writes the status of a pod the way its kubelet does.</summary>
internal static class PodStatus
{
    /// <summary>Sets a condition; whether it was another before.</summary>
    public static bool Condition(JsonObject pod, string type, bool isTrue, DateTimeOffset now, string? reason = null, string? message = null)
    {
        var status = pod["status"]!.AsObject();
        if (status["conditions"] is not JsonArray all) status["conditions"] = all = [];
        var old = all.OfType<JsonObject>().FirstOrDefault(one => $"{one["type"]}" == type);
        if (old is not null && $"{old["status"]}" == $"{isTrue}" && old["message"]?.ToString() == message) return false;

        if (old is not null) all.Remove(old);
        var fresh = new JsonObject { ["type"] = type, ["status"] = $"{isTrue}", ["lastTransitionTime"] = Metadata.Time(now) };
        if (reason is not null) fresh["reason"] = reason;
        if (message is not null) fresh["message"] = message;
        all.Add((JsonNode)fresh);
        return true;
    }

    public static JsonObject? Container(JsonObject pod, string name) => Dotted.Items(pod, "status.containerStatuses").FirstOrDefault(one => $"{one["name"]}" == name);

    /// <summary>Puts a container into a state: <c>waiting</c>, <c>running</c> or <c>terminated</c>, with what belongs to it.</summary>
    public static JsonObject Set(JsonObject pod, JsonObject container, string state, JsonObject details)
    {
        var status = pod["status"]!.AsObject();
        if (status["containerStatuses"] is not JsonArray all) status["containerStatuses"] = all = [];
        var one = Container(pod, $"{container["name"]}");
        if (one is null)
        {
            one = new() { ["name"] = $"{container["name"]}", ["image"] = $"{container["image"]}", ["imageID"] = "", ["restartCount"] = 0, ["lastState"] = new JsonObject() };
            all.Add((JsonNode)one);
        }

        one["state"] = new JsonObject { [state] = details };
        one["ready"] = state == "running";
        one["started"] = state == "running";
        return one;
    }
}
