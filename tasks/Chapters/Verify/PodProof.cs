using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That a node pulls a pushed image and runs it to its end, as pods of DSS are run.</summary>
internal sealed class PodProof(Deployment deployment, ClusterSection cluster, RegistryCopy copy, string space)
    : ClusterProof($"a pod runs the {copy.Kind.Type} image in the cluster {cluster.Name}, namespace {space}", deployment, cluster)
{
    private const string Fallback = "default";

    // The first pull of an image of some gigabytes by a fresh node.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    /// <summary>The secret by which such pods pull; null where the cluster may by itself.</summary>
    public string? PullSecret { get; init; }

    protected override async Task<ProofResult> ProveAsync(Kubernetes inside, CancellationToken cancel)
    {
        if (Deployment.Machine.Missing is { } missing) return NotProven($"what the image is called only the machine tells, and its inside is {missing}");
        if (!copy.IsAskable) return NotProven($"{copy.Host} is no registry of Azure, and is not asked");
        if (await copy.LookAsync(cancel) is not { Digest: { } digest } image) return Failed($"There is no {copy.Kind.Type} image in {copy.Host} that a pod could run. Push it by the task PushImages.");

        var (place, note) = await PlaceAsync(inside, cancel);
        var word = $"proof-{Guid.NewGuid():N}";
        var run = await inside.RunToEndAsync(Wish(place, image.Name, word), Deadline, cancel);
        if (run.Problem is { } problem) return Failed(problem);
        if (!run.Logs.Contains(word, StringComparison.Ordinal)) return Failed($"The pod {place}/{run.Name} ended well, and its log lacks the word that it was to say. Look at what the image {image.Name} runs in place of /bin/sh.");
        if (run.ImageId is { } ran && !ran.Contains(digest, StringComparison.Ordinal)) return Failed($"The node {run.Node} ran {ran}, and the registry has {digest} under {image.Name}. A node that has an older image of that name goes on with it: give the image a new tag, or let the nodes be replaced.");
        return Proven($"{place}/{run.Name} on {run.Node} ran {image.Name}@{digest} to its end, and said its word{note}");
    }

    /// <summary>The namespace of the configuration, or where DSS has yet to make that, the one that every cluster has.</summary>
    private async Task<(string Namespace, string Note)> PlaceAsync(Kubernetes inside, CancellationToken cancel)
    {
        if (space.Contains("${", StringComparison.Ordinal)) return (Fallback, $" (in {Fallback}: {space} is another namespace for each user)");

        return await inside.GetAsync(new KubernetesName("namespaces", null, space), cancel) is null ? (Fallback, $" (in {Fallback}: DSS makes {space} when its first work runs there)") : (space, "");
    }

    private PodWish Wish(string place, string image, string word) => new()
    {
        Namespace = place,
        Name = "dss-pipeline-proof",
        Image = image,
        Command = ["/bin/sh", "-c", $"echo {word}"],
        Spec = PullSecret is { } secret ? (JsonObject)Json.Of(new { imagePullSecrets = new[] { new { name = secret } } }) : [],
    };
}
