using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That pods reach DSS, by the macro of the AKS plugin that tries it from a pod.</summary>
internal sealed partial class NetworkProof(Dss dss, ProofProject project, ClusterSection cluster) : Proof($"pods of the cluster {cluster.Name} reach DSS")
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
        return Judge(await dss.RunMacroAsync($"{macros}/{Dss.Path(type)}", NetworkMacro.Parameters(cluster.Name), trial, cancel));
    }

    private ProofResult Judge(string page)
    {
        var words = Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(page, " ")), " ").Trim();
        return words.Contains("Connection successful", StringComparison.OrdinalIgnoreCase)
            ? Proven($"the macro test-network says: {Short(words)}")
            : Failed($"The macro test-network ran a pod in the cluster {cluster.Name}, which did not reach DSS. It says: {Short(words)} Let the machine take connections from the subnet of the nodes (network security group, firewall), and see that the name of the machine resolves there.");
    }

    private string Short(string words) => dss.Redactor.Clean(words.Length <= Longest ? words : $"{words[..Longest]} …");

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
