using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DssPipeline.Sandbox;

/// <summary>A list that goes on: a line for each change, until the client has seen enough or its time is over.</summary>
internal static class KubernetesWatch
{
    // Clients wait in real time, whatever clock the sandbox was given.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <param name="refresh">Learns anew what Resource Manager says of the cluster; false when it is gone.</param>
    public static KubernetesAnswer Begin(KubernetesCluster cluster, KubernetesCall call, Func<bool> refresh)
    {
        var selectors = Selectors.Of(call);
        var from = long.TryParse(call.Query["resourceVersion"].FirstOrDefault(), out var given) ? given : 0;
        if (from > 0 && from < cluster.Objects.Oldest) throw new KubernetesRefusal(410, "Expired", $"too old resource version: {from} ({cluster.Objects.Oldest})");

        var seen = from > 0 ? from : cluster.Objects.Revision;
        var first = from > 0 ? "" : Lines(cluster.Objects.List(call.Kind!, call.Namespace).Where(selectors.Match).Select(subject => ("ADDED", subject)));
        return new(200, Text: first, Rest: context => FollowAsync(context, call, refresh, () =>
        {
            lock (cluster.Gate)
            {
                cluster.Step();
                var lines = Lines(cluster.Objects.Since(seen).Where(change => change.Kind == call.Kind && IsOf(change.Subject, call) && selectors.Match(change.Subject)).Select(change => (change.Verb, change.Subject)));
                seen = cluster.Objects.Revision;
                return lines;
            }
        }));
    }

    /// <summary>Writes what there is to tell, again and again, until <paramref name="next"/> gives null.</summary>
    public static async Task FollowAsync(HttpContext context, KubernetesCall call, Func<bool> refresh, Func<string?> next)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var end = int.TryParse(call.Query["timeoutSeconds"].FirstOrDefault(), out var seconds) ? TimeProvider.System.GetUtcNow().AddSeconds(seconds) : DateTimeOffset.MaxValue;
        while (!stopping.IsCancellationRequested && TimeProvider.System.GetUtcNow() < end && refresh() && next() is { } lines)
        {
            if (lines.Length > 0) await context.Response.WriteAsync(lines, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Beat, TimeProvider.System, context.RequestAborted);
        }
    }

    private static bool IsOf(JsonObject subject, KubernetesCall call) => call.Namespace is null || Metadata.Text(subject, "namespace") == call.Namespace;

    private static string Lines(IEnumerable<(string Verb, JsonObject Subject)> changes) =>
        string.Concat(changes.Select(change => new JsonObject { ["type"] = change.Verb, ["object"] = change.Subject.DeepClone() }.ToJsonString() + "\n"));
}
