using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What an API server tells about itself: groups, kinds, version, and as much OpenAPI as kubectl reads before it writes.</summary>
internal static class KubernetesDiscovery
{
    private static readonly string[] Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];

    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force"];

    private static readonly string[] Reviews = ["authorization.k8s.io/v1:selfsubjectaccessreviews:SelfSubjectAccessReview", "authorization.k8s.io/v1:selfsubjectrulesreviews:SelfSubjectRulesReview", "authentication.k8s.io/v1:selfsubjectreviews:SelfSubjectReview"];

    private static IEnumerable<string> Groups => KubernetesKind.All.Where(kind => kind.Group.Length > 0).Select(kind => kind.ApiVersion).Concat(Reviews.Select(review => review.Split(':')[0])).Distinct(StringComparer.Ordinal);

    public static JsonObject? Answer(KubernetesCall call, ClusterFacts cluster) => call.Path switch
    {
        ["version"] => Version(cluster),
        ["api"] => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = $"{cluster.Name}:443" }) },
        ["apis"] => new() { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Groups.Select(Group)]) },
        ["apis", var group] => Groups.FirstOrDefault(known => known.Split('/')[0] == group) is { } found ? Group(found) : null,
        ["api", "v1"] => Resources("v1"),
        ["apis", var group, var version] when Groups.Contains($"{group}/{version}", StringComparer.Ordinal) => Resources($"{group}/{version}"),
        ["openapi", "v3"] => new() { ["paths"] = new JsonObject([.. Groups.Select(group => $"apis/{group}").Append("api/v1").Select(path => KeyValuePair.Create(path, (JsonNode?)new JsonObject { ["serverRelativeURL"] = $"{cluster.Prefix}/openapi/v3/{path}?hash={cluster.Version}" }))]) },
        ["openapi", "v3", .. var path] => OpenApi(string.Join('/', path), cluster),
        _ => null,
    };

    private static JsonObject Version(ClusterFacts cluster) => new()
    {
        ["major"] = cluster.Version.Split('.')[0],
        ["minor"] = cluster.Version.Split('.').ElementAtOrDefault(1) ?? "0",
        ["gitVersion"] = $"v{cluster.Version}",
        ["gitCommit"] = "0000000000000000000000000000000000000000",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-01-01T00:00:00Z",
        ["goVersion"] = "go1.23",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };

    private static JsonObject Group(string group)
    {
        var version = new JsonObject { ["groupVersion"] = group, ["version"] = group.Split('/')[1] };
        return new() { ["kind"] = "APIGroup", ["apiVersion"] = "v1", ["name"] = group.Split('/')[0], ["versions"] = new JsonArray(version), ["preferredVersion"] = version.DeepClone() };
    }

    private static JsonObject Resources(string group) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = group,
        ["resources"] = new JsonArray([.. KubernetesKind.All.Where(kind => kind.ApiVersion == group).SelectMany(Entries), .. Reviews.Select(review => review.Split(':')).Where(review => review[0] == group).Select(review => Entry(review[1], review[2], isNamespaced: false, ["create"]))]),
    };

    private static IEnumerable<JsonObject> Entries(KubernetesKind kind)
    {
        var entry = Entry(kind.Resource, kind.Kind, kind.IsNamespaced, Verbs);
        entry["singularName"] = kind.Kind.ToLowerInvariant();
        entry["shortNames"] = new JsonArray([.. kind.ShortNames.Select(name => JsonValue.Create(name))]);
        if (kind == KubernetesKind.Pod) entry["categories"] = new JsonArray("all");
        yield return entry;
        if (kind == KubernetesKind.Pod) yield return Entry("pods/log", "Pod", isNamespaced: true, ["get"]);
        if (kind == KubernetesKind.Pod || kind == KubernetesKind.Namespace || kind == KubernetesKind.Node) yield return Entry($"{kind.Resource}/status", kind.Kind, kind.IsNamespaced, ["get", "patch", "update"]);
    }

    private static JsonObject Entry(string name, string kind, bool isNamespaced, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = isNamespaced,
        ["kind"] = kind,
        ["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]),
    };

    // kubectl asks here one thing: whether the server checks fields itself, so that kubectl need not.
    private static JsonObject OpenApi(string root, ClusterFacts cluster) => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = $"v{cluster.Version}" },
        ["paths"] = new JsonObject([.. KubernetesKind.All.Where(kind => kind.Root == root).Select(kind => KeyValuePair.Create($"/{kind.Root}/{(kind.IsNamespaced ? "namespaces/{namespace}/" : "")}{kind.Resource}/{{name}}", (JsonNode?)Path(kind)))]),
        ["components"] = new JsonObject { ["schemas"] = new JsonObject() },
    };

    private static JsonObject Path(KubernetesKind kind) => new()
    {
        ["patch"] = new JsonObject
        {
            ["parameters"] = new JsonArray([.. Parameters.Select(name => new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } })]),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
            ["x-kubernetes-action"] = "patch",
            ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind },
        },
    };
}
