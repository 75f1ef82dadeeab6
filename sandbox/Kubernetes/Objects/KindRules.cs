using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What single kinds check, fill in and do when they are made, changed or deleted.</summary>
internal static partial class KindRules
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static void CheckName(KubernetesKind kind, string name)
    {
        var rule = kind == KubernetesKind.Namespace ? Label() : Subdomain();
        if (name.Length == 0) throw KubernetesRefusal.Invalid(kind, name, "metadata.name: Required value: name or generateName is required");
        if (!rule.IsMatch(name) || name.Length > (kind == KubernetesKind.Namespace ? 63 : 253)) throw KubernetesRefusal.Invalid(kind, name, $"metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 {(kind == KubernetesKind.Namespace ? "label" : "subdomain")} must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character");
    }

    /// <summary>Nothing is made in a namespace that is not there, or is going.</summary>
    public static void CheckHome(KubernetesCluster cluster, KubernetesKind kind, JsonObject body)
    {
        if (!kind.IsNamespaced) return;

        var name = Metadata.Text(body, "namespace")!;
        var home = cluster.Objects.Find(KubernetesKind.Namespace, null, name) ?? throw KubernetesRefusal.NotFound(KubernetesKind.Namespace, name);
        if (Metadata.IsGoing(home)) throw KubernetesRefusal.Forbidden(kind, Metadata.Name(body), $"unable to create new content in namespace {name} because it is being terminated");
    }

    public static void Born(KubernetesCluster cluster, KubernetesKind kind, JsonObject body)
    {
        switch (kind.Kind)
        {
            case "Namespace":
                NamespaceController.Fill(body);
                break;
            case "ResourceQuota":
                QuotaController.Spell(body);
                break;
            case "Pod":
                PodDefaults.Fill(body);
                QuotaController.Admit(cluster, body);
                break;
            case "Job":
                JobController.Fill(body);
                break;
            case "Node":
                throw KubernetesRefusal.Forbidden(kind, Metadata.Name(body), "nodes of the sandbox come from the agent pools of its Resource Manager");
        }
    }

    public static void Changed(KubernetesCluster cluster, KubernetesKind kind, JsonObject before, JsonObject after)
    {
        if (kind == KubernetesKind.Namespace) NamespaceController.Fill(after);
        if (kind == KubernetesKind.Quota) QuotaController.Spell(after);
        if (kind == KubernetesKind.Pod && !JsonNode.DeepEquals(PodDefaults.Fixed(before), PodDefaults.Fixed(after)))
        {
            throw KubernetesRefusal.Invalid(kind, Metadata.Name(before), "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    /// <summary>Deletes it, or lets it begin to go: namespaces and running pods take their time.</summary>
    public static void Delete(KubernetesCluster cluster, KubernetesKind kind, JsonObject subject, JsonObject? options)
    {
        var name = Metadata.Name(subject);
        if (kind == KubernetesKind.Namespace && Immortal.Contains(name, StringComparer.Ordinal)) throw KubernetesRefusal.Forbidden(kind, name, "this namespace may not be deleted");
        if (kind == KubernetesKind.Node) throw KubernetesRefusal.Forbidden(kind, name, "nodes of the sandbox come from the agent pools of its Resource Manager");
        if (Metadata.IsGoing(subject)) return;

        var lingers = kind == KubernetesKind.Namespace || (kind == KubernetesKind.Pod && Dotted.Text(subject, "status.phase") == "Running" && Dotted.Number(options, "gracePeriodSeconds") != 0);
        if (!lingers)
        {
            foreach (var pod in cluster.Objects.List(KubernetesKind.Pod).Where(pod => Dotted.Items(pod, "metadata.ownerReferences").Any(owner => $"{owner["uid"]}" == Metadata.Text(subject, "uid")))) cluster.Objects.Remove(KubernetesKind.Pod, pod);
            cluster.Objects.Remove(kind, subject);
            return;
        }

        Metadata.Of(subject)["deletionTimestamp"] = Metadata.Time(cluster.Objects.Now);
        if (kind == KubernetesKind.Namespace) Dotted.Write(subject, "status.phase", "Terminating");
        cluster.Objects.Put(kind, subject);
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subdomain();
}
