using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The fields of the kinds that are written most; another one is refused where the client asks for strictness.</summary>
internal static class KnownFields
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Namespace"] = ["apiVersion", "kind", "metadata", "spec", "status"],
        ["Namespace/spec"] = ["finalizers"],
        ["ResourceQuota"] = ["apiVersion", "kind", "metadata", "spec", "status"],
        ["ResourceQuota/spec"] = ["hard", "scopes", "scopeSelector"],
        ["Pod"] = ["apiVersion", "kind", "metadata", "spec", "status"],
        ["Pod/spec"] =
        [
            "activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy", "enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostUsers",
            "hostname", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "os", "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "resourceClaims", "resources", "restartPolicy",
            "runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "serviceAccount", "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "tolerations",
            "topologySpreadConstraints", "volumes",
        ],
        ["Pod/spec/containers"] =
        [
            "args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "name", "ports", "readinessProbe", "resizePolicy", "resources", "restartPolicy", "securityContext", "startupProbe", "stdin",
            "stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "tty", "volumeDevices", "volumeMounts", "workingDir",
        ],
        ["Job"] = ["apiVersion", "kind", "metadata", "spec", "status"],
    };

    private static readonly string[] OfMetadata =
    [
        "annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generateName", "generation", "labels", "managedFields", "name", "namespace", "ownerReferences", "resourceVersion", "selfLink", "uid",
    ];

    /// <exception cref="KubernetesRefusal">All fields that are unknown.</exception>
    public static void Check(KubernetesKind kind, JsonObject body)
    {
        var unknown = Unknown(body, kind.Kind, "").Concat((body["metadata"] as JsonObject ?? []).Where(member => !OfMetadata.Contains(member.Key, StringComparer.Ordinal)).Select(member => $"metadata.{member.Key}")).ToList();
        if (unknown.Count > 0) throw KubernetesRefusal.Bad($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: strict decoding error: {string.Join(", ", unknown.Select(field => $"unknown field \"{field}\""))}");
    }

    private static IEnumerable<string> Unknown(JsonObject members, string form, string path)
    {
        if (!Known.TryGetValue(form, out var known)) yield break;

        foreach (var (name, value) in members)
        {
            if (!known.Contains(name, StringComparer.Ordinal)) yield return $"{path}{name}";
            if (value is JsonObject below) foreach (var found in Unknown(below, $"{form}/{name}", $"{path}{name}.")) yield return found;
            if (value is not JsonArray items) continue;

            for (var index = 0; index < items.Count; index++)
            {
                if (items[index] is JsonObject item) foreach (var found in Unknown(item, $"{form}/{name}", $"{path}{name}[{index}].")) yield return found;
            }
        }
    }
}
