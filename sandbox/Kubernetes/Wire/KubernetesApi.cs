using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The API servers of all clusters: each answers under its own name, to its own credentials.</summary>
internal sealed class KubernetesApi(KubernetesClusters clusters, Tokens tokens)
{
    // Under this audience Entra issues tokens for AKS, whatever the cluster.
    private static readonly string[] Audiences = ["6dae42f8-4368-4678-94ff-3960e28e3630"];

    public async Task HandleAsync(HttpContext context)
    {
        // A cluster that is stopped, or was never made, has no API server that could refuse.
        if (clusters.Of(context) is not { } found) throw new NobodyThereException(context.Request.Host.Value ?? "");

        try
        {
            if (!Knows(context.Request.Headers.Authorization.FirstOrDefault(), found.Cluster.Facts)) throw new KubernetesRefusal(401, "Unauthorized", "Unauthorized");

            var call = await KubernetesCall.ReadAsync(context.Request, found.Path, context.RequestAborted);
            await WriteAsync(context, Answer(found.Cluster, call, context));
        }
        catch (KubernetesRefusal refusal)
        {
            await ErrorAnswer.WriteJsonAsync(context, refusal.Status, refusal.Body());
        }
    }

    private bool Knows(string? header, ClusterFacts cluster) =>
        header == $"Bearer {cluster.Token}" || (cluster.TakesEntra && tokens.Check(header, Audiences).Claims is not null);

    private KubernetesAnswer Answer(KubernetesCluster cluster, KubernetesCall call, HttpContext context)
    {
        lock (cluster.Gate)
        {
            cluster.Step();
            try
            {
                if (call.Path is ["healthz" or "livez" or "readyz"]) return new(200, Text: "ok");
                if (KubernetesDiscovery.Answer(call, cluster.Facts) is { } told) return new(200, told);
                if (AccessReviews.Answer(call) is { } review) return new(201, review);
                if (call.Kind is null) throw new KubernetesRefusal(404, "NotFound", "the server could not find the requested resource");
                if (call.Watches) return KubernetesWatch.Begin(cluster, call, () => clusters.Of(context) is not null);
                if (call is { Part: "log", Method: "GET" }) return PodLogs.Answer(cluster, call, () => clusters.Of(context) is not null);
                return new KubernetesVerbs(cluster).Answer(call, context.Request.Headers.Accept.ToString());
            }
            finally
            {
                cluster.Objects.Save();
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, KubernetesAnswer answer)
    {
        if (answer.Rest is not null) context.Features.Set(new EndlessBody(answer.Rest));
        await ErrorAnswer.WriteTextAsync(context, answer.Status, answer.Body is null && answer.Rest is null ? "text/plain" : "application/json", answer.Body?.ToJsonString() ?? answer.Text);
    }
}

/// <summary>What an API server answers: a document, a text, or something that goes on.</summary>
internal sealed record KubernetesAnswer(int Status, JsonObject? Body = null, string Text = "", Func<HttpContext, Task>? Rest = null);
