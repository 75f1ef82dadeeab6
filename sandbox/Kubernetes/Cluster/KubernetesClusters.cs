using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The clusters of Resource Manager that run, each with the objects its API server keeps.</summary>
internal sealed class KubernetesClusters(ArmStore store, string folder, PodImages images, TimeProvider clock)
{
    public const string Suffix = ".azmk8s.io";

    private const string Type = "Microsoft.ContainerService/managedClusters";

    private readonly ConcurrentDictionary<string, Lazy<KubernetesCluster>> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The cluster a request is for, by the first segment of its path, its host, or the name that TLS was asked for; and the rest of the path. Null where no API server answers.</summary>
    public (KubernetesCluster Cluster, string[] Path)? Of(HttpContext context)
    {
        var segments = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is [var first, .. var below] && first.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) return Open(first, $"/{first}") is { } named ? (named, below) : null;

        var host = context.Request.Host.Host;
        var asked = host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? host : context.Features.Get<ITlsHandshakeFeature>()?.HostName;
        return asked is not null && Open(asked, "") is { } found ? (found, segments) : null;
    }

    /// <summary>Whether a name leads to an API server.</summary>
    public static bool IsName(ArmStore store, string name)
    {
        lock (store.Gate) return store.Type(Type).Any(record => !record.IsInvisible && Dotted.Text(record.Document, "properties.powerState.code") != "Stopped" && Names(record).Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private KubernetesCluster? Open(string host, string prefix)
    {
        if (Facts(host) is not { IsStopped: false } facts) return null;

        var cluster = _open.GetOrAdd(facts.HostName, name => new(() => new KubernetesCluster(new ClusterObjects(Path.Combine(folder, $"{name}.json"), clock), images, facts))).Value;
        cluster.Facts = facts with { Prefix = prefix };
        return cluster;
    }

    private ClusterFacts? Facts(string host)
    {
        lock (store.Gate)
        {
            var record = store.Type(Type).FirstOrDefault(record => Names(record).Contains(host, StringComparer.OrdinalIgnoreCase));
            if (record is null || record.IsInvisible) return null;

            var pools = store.Type($"{Type}/agentPools").Where(pool => pool.Id.Parent!.Key == record.Id.Key && !pool.IsInvisible).OrderBy(pool => pool.Id.Key, StringComparer.Ordinal);
            return new()
            {
                Document = record.Document.DeepClone().AsObject(),
                Pools = [.. pools.Select(pool => new PoolFacts(pool.Id.Name, (pool.Document["properties"] as JsonObject ?? []).DeepClone().AsObject()))],
                Token = Dotted.Text(record.Hidden, "~token") ?? "",
                HostName = Names(record).First()!,
            };
        }
    }

    private static IEnumerable<string?> Names(ArmRecord record) =>
        new[] { Dotted.Text(record.Document, "properties.fqdn"), Dotted.Text(record.Document, "properties.privateFQDN") }.Where(name => name is not null);
}
