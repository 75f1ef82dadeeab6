using System.Collections.Concurrent;

namespace DssPipeline.Planes;

/// <summary>The clusters of a deployment by name, each opened when somebody first looks into it and closed with the run.</summary>
public sealed class Clusters(Func<string, KubernetesOptions> options, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Kubernetes>> open = new(StringComparer.Ordinal);

    /// <summary>Why nobody looks into clusters in this run, in words for people; null when somebody can. Then the tasks declare nothing inside them, and say why.</summary>
    public string? Missing { get; init; }

    /// <summary>Clusters that nobody looks into.</summary>
    public static Clusters Closed(string why) => new(name => new() { Cluster = name, Kubeconfig = _ => Task.FromResult<Convergence.Secret?>(null) }, TimeProvider.System) { Missing = why };

    public Kubernetes Of(string name) => open.GetOrAdd(name, key => new(() => new Kubernetes(options(key), clock))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in open.Values.Where(cluster => cluster.IsValueCreated)) await cluster.Value.DisposeAsync();
        open.Clear();
    }
}
