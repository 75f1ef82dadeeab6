using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The namespaces that every cluster has, what is born in a namespace, and its end.</summary>
internal static class NamespaceController
{
    private static readonly string[] Given = ["default", "kube-node-lease", "kube-public", "kube-system"];

    public static void Step(KubernetesCluster cluster)
    {
        var objects = cluster.Objects;
        foreach (var name in Given.Where(name => objects.Find(KubernetesKind.Namespace, null, name) is null))
        {
            var fresh = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } };
            Fill(fresh);
            objects.Put(KubernetesKind.Namespace, fresh);
        }

        foreach (var home in objects.List(KubernetesKind.Namespace))
        {
            if (Metadata.IsGoing(home)) End(objects, home);
            else if (objects.Find(KubernetesKind.ServiceAccount, Metadata.Name(home), "default") is null) Furnish(objects, Metadata.Name(home));
        }
    }

    /// <summary>What the server writes into a namespace itself.</summary>
    public static void Fill(JsonObject home)
    {
        var metadata = Metadata.Of(home);
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels["kubernetes.io/metadata.name"] = Metadata.Name(home);
        home["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
        if (home["status"] is not JsonObject) home["status"] = new JsonObject { ["phase"] = "Active" };
    }

    private static void Furnish(ClusterObjects objects, string name)
    {
        objects.Put(KubernetesKind.ServiceAccount, new() { ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = name } });
        objects.Put(KubernetesKind.Find("", "v1", "configmaps")!, new() { ["metadata"] = new JsonObject { ["name"] = "kube-root-ca.crt", ["namespace"] = name }, ["data"] = new JsonObject { ["ca.crt"] = "" } });
    }

    // First what is in it, then the namespace itself, a look later.
    private static void End(ClusterObjects objects, JsonObject home)
    {
        var rest = KubernetesKind.All.Where(kind => kind.IsNamespaced).SelectMany(kind => objects.List(kind, Metadata.Name(home)).Select(subject => (kind, subject))).ToList();
        foreach (var (kind, subject) in rest) objects.Remove(kind, subject);
        if (rest.Count == 0) objects.Remove(KubernetesKind.Namespace, home);
    }
}
