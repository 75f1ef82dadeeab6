using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That pods reach DSS, by the macro of the AKS plugin that tries it from a pod.</summary>
internal sealed class NetworkProof(Dss dss, ProofProject project, ClusterSection cluster) : Proof($"pods of the cluster {cluster.Name} reach DSS")
{
    private const int Longest = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task<ProofResult> ProveAsync(CancellationToken cancel)
    {
        if (dss.Missing is { } missing) return NotProven(missing);
        if (!cluster.Started) return NotProven("the manifest wants the cluster stopped (started)");
        if (await dss.GetAsync(Dss.Path("admin", "clusters", cluster.Name), cancel) is null) return NotProven($"DSS knows no cluster {cluster.Name}, and the macro that tries it asks DSS for it");

        var macros = $"projects/{Dss.Path(await project.KeyAsync(cancel))}/runnables";
        var all = (await dss.AnswerAsync($"{macros}/", cancel) as JsonArray ?? []).OfType<JsonObject>();
        var type = all.FirstOrDefault(macro => $"{macro["ownerPluginId"]}" == NetworkMacro.Plugin && $"{macro["runnableType"]}".EndsWith(NetworkMacro.Name, StringComparison.Ordinal))?["runnableType"]?.ToString();
        if (type is null) return NotProven("the plugin that has a macro for it (test-network) is not installed in DSS");

        var trial = new FutureOptions($"dss/cluster/{cluster.Name}", "the macro test-network tells whether a pod reaches DSS") { Deadline = Patience, Longest = Pause };
        return Judge(new(await dss.RunMacroAsync($"{macros}/{Dss.Path(type)}", NetworkMacro.Parameters(cluster.Name), trial, cancel)));
    }

    private ProofResult Judge(NetworkAnswer answer)
    {
        var words = Short(answer.Words);
        return answer.Ending switch
        {
            ProofEnding.Proven => Proven($"the macro test-network says: {words}"),
            ProofEnding.NotProven => NotProven($"the pod of the macro test-network did not run in its time, most often because the nodes could not pull busybox from docker.io (no way out to it, or its limit of pulls; a first pull may also just be slow: then verify again). Let them pull it, or run nc against the machine from a pod by hand. The macro says: {words}"),
            _ => Failed($"The macro test-network ran a pod in the cluster {cluster.Name}, which did not reach DSS. It says: {words} Let the machine take connections from the subnet of the nodes (network security group, firewall), and see that the name of the machine resolves there."),
        };
    }

    // A secret that is cut is known no longer, so it goes first.
    private string Short(string words) => dss.Redactor.Clean(words) is var clean && clean.Length <= Longest ? clean : $"{clean[..Longest]} …";
}
