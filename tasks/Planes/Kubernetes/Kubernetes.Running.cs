using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <content>Pods that run to their end.</content>
public sealed partial class Kubernetes
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Runs a pod until it has ended, is hopeless or the time is over; tells how, and leaves nothing behind.</summary>
    /// <exception cref="ProblemException">The API server did not take the pod, or does not answer.</exception>
    public async Task<PodRun> RunToEndAsync(PodWish wish, TimeSpan deadline, CancellationToken cancel)
    {
        await NeedAsync(cancel);
        var name = new KubernetesName("pods", wish.Namespace, $"{wish.Name}-{Guid.NewGuid().ToString("N")[..8]}");
        try
        {
            await MakeAsync(wish.Document(name.Name), name, cancel);
            var end = await EndOfAsync(name, deadline, cancel);
            var run = new PodRun(end.Phase, end.ExitCode, await LogsAsync(name, end, cancel)) { Name = name.Name, Node = end.Node, ImageId = end.ImageId, Events = await EventsAsync(name, cancel) };
            return run with { Problem = run.Succeeded ? null : Why(wish, run, end, deadline) };
        }
        finally
        {
            await ForgetAsync(name);
        }
    }

    // A name of our own makes it safe to ask twice: what is there already is what the first attempt made.
    private async Task MakeAsync(JsonNode pod, KubernetesName name, CancellationToken cancel)
    {
        var answer = await retries.SendAsync(() => AttemptAsync(["create", "--output=name", "--filename=-"], pod, cancel), cancel);
        if (answer.Error is { } error && error.Code != "AlreadyExists") throw problems.Tell(error, $"{name} of the cluster {options.Cluster}");
    }

    private async Task<PodState> EndOfAsync(KubernetesName name, TimeSpan deadline, CancellationToken cancel)
    {
        var begin = clock.GetUtcNow();
        while (true)
        {
            var seen = new PodState(await GetAsync(name, cancel));
            var passed = clock.GetUtcNow() - begin;
            if (seen.HasEnded || passed >= deadline || (seen.PullTrouble is { } trouble && (IsHopeless(trouble) || passed >= options.PullPatience))) return seen;

            options.Waiting?.Report(new Wait($"{name}", Reason(seen), begin));
            await Task.Delay(options.Interval, clock, cancel);
        }
    }

    private static bool IsHopeless(string trouble) => trouble.Contains("not found", StringComparison.Ordinal) || trouble.Contains("InvalidImageName", StringComparison.Ordinal);

    private static string Reason(PodState seen) => seen.PullTrouble is not null ? "its image, which the nodes could not pull yet" : seen.Unplaced is not null ? "a node that takes it" : "its end";

    private async Task<string> LogsAsync(KubernetesName name, PodState end, CancellationToken cancel)
    {
        if (end.ExitCode is null && end.Phase != "Running") return "";

        var answer = await retries.SendAsync(() => AttemptAsync(["logs", "--tail=500", $"--namespace={name.Namespace}", "--", name.Name], null, cancel), cancel);
        return options.Redactor.Clean(answer.Error is { } error ? $"(no log: {error.Message})" : answer.Output);
    }

    private async Task<IReadOnlyList<string>> EventsAsync(KubernetesName name, CancellationToken cancel)
    {
        var said = await AskAsync(["get", "--output=json", $"--namespace={name.Namespace}", $"--field-selector=involvedObject.name={name.Name}", "--", "events"], null, $"events of {name}", cancel);
        var all = (JsonNode.Parse(said)?["items"] as JsonArray ?? []).OrderBy(happening => $"{happening!["lastTimestamp"]}", StringComparer.Ordinal);
        return [.. all.Select(happening => options.Redactor.Clean($"{happening!["reason"]}: {happening["message"]}"))];
    }

    private Problem Why(PodWish wish, PodRun run, PodState end, TimeSpan deadline)
    {
        var error = (end.PullTrouble, end.Unplaced, end.ExitCode) switch
        {
            ({ } trouble, _, _) => new RemoteError(0, "ImagePull", trouble),
            (_, { } unplaced, _) => new RemoteError(0, "Unschedulable", unplaced),
            (_, _, { } code) => new RemoteError(code, "PodFailed", $"it ended with exit code {code}{(end.Reason is { } reason ? $" ({reason})" : "")}: {Tail(run.Logs)}"),
            _ => new RemoteError(0, end.Phase == "Gone" ? "PodGone" : "PodTimeout", $"it was {end.Phase} after {deadline.TotalSeconds:0} seconds. {string.Join(" ", run.Events.TakeLast(3))}"),
        };
        return problems.Of(error with { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["image"] = wish.Image } }, $"The pod {wish.Namespace}/{wish.Name} in the cluster {options.Cluster}");
    }

    private static string Tail(string logs) => logs.Trim() is { Length: > 0 } said ? string.Join('\n', said.Split('\n').TakeLast(10)) : "it said nothing";

    // Also when the run was cancelled: a pod that nobody waits for would hold its place for ever.
    private async Task ForgetAsync(KubernetesName name)
    {
        using var grace = new CancellationTokenSource(Grace, clock);
        try
        {
            await DeleteAsync(name, grace.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ProblemException)
        {
            options.Waiting?.Report(new Wait($"{name}", $"nobody: it could not be deleted, and is left behind ({failure.GetType().Name})", clock.GetUtcNow()));
        }
    }
}
