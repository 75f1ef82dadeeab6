using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Nodes follow the agent pools of Resource Manager: as many, of their size, version, labels and taints.</summary>
internal static class NodeController
{
    public static void Step(KubernetesCluster cluster)
    {
        var (objects, facts) = (cluster.Objects, cluster.Facts);
        var there = objects.List(KubernetesKind.Node).ToDictionary(Metadata.Name, StringComparer.Ordinal);
        foreach (var pool in facts.Pools)
        {
            var set = ScaleSet(facts, pool);
            var ours = there.Keys.Where(name => name.StartsWith(set, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            for (var index = 0; ours.Count < pool.Count && pool.IsSettled; index++)
            {
                var name = $"{set}{Base36(index)}";
                if (ours.Contains(name)) continue;
                ours.Add(name);
                objects.Put(KubernetesKind.Node, NodeForm.New(facts, pool, name, index, objects.Now));
            }

            foreach (var name in ours.Where(there.ContainsKey).Take(pool.Count)) Follow(objects, there[name], facts, pool);
            foreach (var name in ours.Skip(pool.Count)) Drop(objects, there[name]);
        }

        foreach (var (_, orphan) in there.Where(node => !facts.Pools.Any(pool => node.Key.StartsWith(ScaleSet(facts, pool), StringComparison.Ordinal)))) Drop(objects, orphan);
    }

    /// <summary>The scale set of a pool: <c>aks-nodes-12345678-vmss</c>.</summary>
    public static string ScaleSet(ClusterFacts facts, PoolFacts pool)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(facts.HostName));
        return $"aks-{pool.Name}-{(BitConverter.ToUInt32(hash) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture)}-vmss";
    }

    private static void Follow(ClusterObjects objects, JsonObject node, ClusterFacts facts, PoolFacts pool)
    {
        if (!pool.IsSettled || !NodeForm.Update(node, facts, pool)) return;
        objects.Put(KubernetesKind.Node, node);
    }

    private static void Drop(ClusterObjects objects, JsonObject node)
    {
        foreach (var pod in objects.List(KubernetesKind.Pod).Where(pod => Dotted.Text(pod, "spec.nodeName") == Metadata.Name(node))) objects.Remove(KubernetesKind.Pod, pod);
        objects.Remove(KubernetesKind.Node, node);
    }

    private static string Base36(int index)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var text = new char[6];
        for (var at = 5; at >= 0; at--, index /= 36) text[at] = Digits[index % 36];
        return new(text);
    }
}
