using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The version that a cluster and its pools are to run, and what counts as running it.</summary>
public sealed class KubernetesTarget(ClusterSection cluster)
{
    private readonly KubernetesVersion? target = KubernetesVersion.Parse(cluster.KubernetesVersion);

    /// <summary>What to ask Azure for; null for <c>latest</c>, which is no version of Azure's: what runs is left alone then.</summary>
    public string? Wish => target?.ToString();

    /// <summary>Whether that is as wished: any patch of a wished minor, and under automatic upgrades anything newer.</summary>
    public bool IsMetBy(string? running) =>
        target is not { } wished || (KubernetesVersion.Parse(running) is { } seen && (seen.CompareTo(wished) == 0 || (seen > wished && MovesBetween(wished, seen))));

    /// <summary>What runs, written the way the wish is, so that the two can be compared.</summary>
    public string? Spell(string? running) =>
        IsMetBy(running) ? Wish ?? running
        : KubernetesVersion.Parse(running) is { } seen && target is { } wished ? seen.As(wished)
        : running;

    /// <summary>The versions to go through from what runs; Azure takes one minor at a time.</summary>
    public IEnumerable<string> StepsFrom(string? running) =>
        target is { } wished && KubernetesVersion.Parse(running) is { } seen ? seen.StepsTo(wished).Select(step => step.ToString()) : [];

    /// <summary>Why Azure does not take the wish; null when it does.</summary>
    public Problem? Objection(ResourceId id, JsonNode? running) =>
        target is { } wished && KubernetesVersion.Parse(running?.ToString()) is { } seen && seen > wished && !IsMetBy(seen.ToString())
            ? new Problem(
                "Kubernetes does not go down",
                $"{id} runs Kubernetes {seen}, and aks.clusters[{cluster.Name}].kubernetesVersion asks for {wished}. Azure upgrades clusters and never takes them back. "
                + $"Ask for {seen} or newer; to have {wished}, make a cluster of another name.")
            : null;

    /// <summary>Whether automatic upgrades may have gone from one to the other.</summary>
    private bool MovesBetween(KubernetesVersion from, KubernetesVersion to) => cluster.UpgradeChannel switch
    {
        "patch" => from.Minor == to.Minor,
        "stable" or "rapid" => true,
        _ => false,
    };
}
