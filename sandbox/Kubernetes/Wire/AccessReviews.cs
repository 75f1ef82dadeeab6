using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Who am I, and what may I do: whoever has credentials of a cluster here may do everything in it.</summary>
internal static class AccessReviews
{
    public static JsonObject? Answer(KubernetesCall call)
    {
        JsonNode? status = (call.Method, call.Path) switch
        {
            ("POST", ["apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"]) => new JsonObject { ["allowed"] = true, ["reason"] = "RBAC: allowed by ClusterRoleBinding \"aks-cluster-admin-binding\"" },
            ("POST", ["apis", "authorization.k8s.io", "v1", "selfsubjectrulesreviews"]) => new JsonObject { ["incomplete"] = false, ["resourceRules"] = new JsonArray(Rule()), ["nonResourceRules"] = new JsonArray() },
            ("POST", ["apis", "authentication.k8s.io", "v1", "selfsubjectreviews"]) => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = "masterclient", ["groups"] = new JsonArray("system:masters", "system:authenticated") } },
            _ => null,
        };
        if (status is null) return null;

        var review = call.Body?.DeepClone().AsObject() ?? [];
        review["status"] = status;
        return review;
    }

    private static JsonObject Rule() => new() { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") };
}
