using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What the Kubernetes plane needs to know of one cluster.</summary>
public sealed record KubernetesOptions
{
    /// <summary>The cluster, as problems name it.</summary>
    public required string Cluster { get; init; }

    /// <summary>Hands out the kubeconfig, asked for when somebody needs it and again when it is old; null when the cluster is not there or does not run.</summary>
    public required Func<CancellationToken, Task<Secret?>> Kubeconfig { get; init; }

    /// <summary>Where the API server answers instead of where the kubeconfig says; its certificate is still checked against that name. Null: there.</summary>
    public Uri? Server { get; init; }

    /// <summary>A token of Entra for an application, with which clusters that take Entra are opened without kubelogin; null: kubelogin is needed.</summary>
    public Func<string, CancellationToken, Task<Secret>>? Token { get; init; }

    /// <summary>How long a kubeconfig is used before another is asked for; tokens of Entra live for an hour.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(30);

    public string Program { get; init; } = "kubectl";

    public Redactor Redactor { get; init; } = new();

    /// <summary>How often what the API server could not take is asked again.</summary>
    public RetryOptions Retry { get; init; } = new() { Attempts = 5, Longest = TimeSpan.FromSeconds(15), Deadline = TimeSpan.FromMinutes(3), Attempt = TimeSpan.FromSeconds(30) };

    /// <summary>How often a pod is looked at until it has ended.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an image that the nodes may not pull is waited for: a role granted a moment ago is not known everywhere.</summary>
    public TimeSpan PullPatience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Hears what is waited for.</summary>
    public IProgress<Wait>? Waiting { get; init; }
}
