using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>One cluster by its API server, through kubectl. Its kubeconfig lives as long as the run.</summary>
public sealed partial class Kubernetes : IAsyncDisposable
{
    /// <summary>Who owns, in the books of the API server, what this pipeline applies.</summary>
    public const string Manager = "dss-pipeline";

    private readonly KubernetesOptions options;
    private readonly TimeProvider clock;
    private readonly KubeconfigFile config;
    private readonly Kubectl kubectl;
    private readonly KubernetesProblems problems;
    private readonly Retries<KubectlAnswer> retries;

    // Each call is a process that learns about the API server anew; many at once only slow each other down.
    private readonly SemaphoreSlim width = new(4);

    public Kubernetes(KubernetesOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        config = new KubeconfigFile(options, clock);
        kubectl = new Kubectl(options, config);
        problems = new KubernetesProblems(options);
        retries = new Retries<KubectlAnswer>(options.Retry, clock, new Throttle(clock), Judge);
    }

    /// <summary>Whether there is a cluster that runs.</summary>
    public Task<bool> IsThereAsync(CancellationToken cancel) => config.HaveAsync(cancel);

    /// <summary>An object; null when there is none, or no cluster.</summary>
    public async Task<JsonNode?> GetAsync(KubernetesName name, CancellationToken cancel)
    {
        if (!await IsThereAsync(cancel)) return null;

        var said = await AskAsync(["get", "--output=json", "--ignore-not-found", "--show-managed-fields", .. In(name.Namespace), "--", name.Kind, name.Name], null, $"{name}", cancel);
        return said.Trim() is { Length: > 0 } text ? JsonNode.Parse(text) : null;
    }

    /// <summary>All objects of a kind, of one namespace or, where that is null, of all.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string kind, string? space, CancellationToken cancel)
    {
        if (!await IsThereAsync(cancel)) return [];

        string[] where = space is null ? ["--all-namespaces"] : [.. In(KubernetesName.Checked(space))];
        var said = await AskAsync(["get", "--output=json", .. where, "--", KubernetesName.Checked(kind)], null, kind, cancel);
        return [.. (JsonNode.Parse(said)?["items"] as JsonArray ?? []).Select(item => item!)];
    }

    /// <summary>Makes an object, or the fields that it names, as wished; fields of others stay, fields that this pipeline applied before and no longer names go.</summary>
    public async Task<JsonNode?> ApplyAsync(JsonNode wish, CancellationToken cancel)
    {
        await NeedAsync(cancel);
        var said = await AskAsync(["apply", "--server-side", "--force-conflicts", $"--field-manager={Manager}", "--output=json", "--filename=-"], wish, Subject(wish), cancel);
        return JsonNode.Parse(said);
    }

    /// <summary>Asks for an object to be deleted; what is gone is gone. It may take its time, so look again.</summary>
    public async Task DeleteAsync(KubernetesName name, CancellationToken cancel)
    {
        await NeedAsync(cancel);
        await AskAsync(["delete", "--ignore-not-found", "--wait=false", .. In(name.Namespace), "--", name.Kind, name.Name], null, $"{name}", cancel);
    }

    public async Task<IReadOnlyList<KubernetesNode>> NodesAsync(CancellationToken cancel) =>
        [.. (await ListAsync("nodes", null, cancel)).Select(KubernetesNode.Read).OrderBy(node => node.Name, StringComparer.Ordinal)];

    public ValueTask DisposeAsync()
    {
        config.Dispose();
        width.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Subject(JsonNode wish) => string.Create(CultureInfo.InvariantCulture, $"{$"{wish["kind"]}".ToLowerInvariant()}/{wish["metadata"]?["name"]}");

    private static IEnumerable<string> In(string? space) => space is null ? [] : [$"--namespace={space}"];

    private async Task NeedAsync(CancellationToken cancel)
    {
        if (!await IsThereAsync(cancel)) throw new ProblemException(new Problem("Cluster does not run", $"The cluster {options.Cluster} is not there, or is stopped, so nothing can be done in it. Have it made and started first: aks.clusters[].started is true by default."));
    }

    private async Task<string> AskAsync(IReadOnlyList<string> arguments, JsonNode? input, string subject, CancellationToken cancel)
    {
        var answer = await retries.SendAsync(() => AttemptAsync(arguments, input, cancel), cancel);
        return answer.Error is { } error ? throw problems.Tell(error, $"{subject} of the cluster {options.Cluster}") : answer.Output;
    }

    /// <summary>Credentials may be exchanged while we work; then one with new ones settles whether it was that.</summary>
    private async Task<KubectlAnswer> AttemptAsync(IReadOnlyList<string> arguments, JsonNode? input, CancellationToken cancel)
    {
        var answer = await OnceAsync(arguments, input, cancel);
        if (answer.Error?.Code != KubectlAnswer.Unauthorized) return answer;

        config.Forget();
        return await config.HaveAsync(cancel) ? await OnceAsync(arguments, input, cancel) : answer;
    }

    private async Task<KubectlAnswer> OnceAsync(IReadOnlyList<string> arguments, JsonNode? input, CancellationToken cancel)
    {
        await width.WaitAsync(cancel);
        try
        {
            return await kubectl.RunAsync(arguments, input, cancel);
        }
        finally
        {
            width.Release();
        }
    }

    private static Verdict Judge(KubectlAnswer? answer, Exception? failure) => (failure is null ? answer?.Error : null) switch
    {
        // kubectl has asked several times already by then.
        { Code: KubectlAnswer.Unreachable } error => new(KubernetesProblems.CureOf(error) is Cure.Connection || !KubernetesProblems.IsKnown(error)) { Attempts = 3 },
        { Code: "TooManyRequests" } => new(true, Throttled: true),
        { Code: "ServiceUnavailable" or "InternalError" or "Timeout" or "ServerTimeout" or "BadGateway" } => new(true),
        { } error => new(KubernetesProblems.CureOf(error) is Cure.Busy or Cure.Connection),
        _ => Verdict.Final,
    };
}
