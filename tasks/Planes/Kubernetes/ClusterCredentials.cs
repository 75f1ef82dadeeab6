using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Fetches the kubeconfig of a cluster from Azure: the one of whoever asks or, where he gets none, the one of the administrator.</summary>
public sealed class ClusterCredentials(Arm arm, string cluster)
{
    private const string ApiVersion = "2025-10-01";

    /// <summary>Null while there is no cluster that runs: then nobody answers, and nothing is in it.</summary>
    public async Task<Secret?> FetchAsync(CancellationToken cancel)
    {
        var seen = await arm.GetAsync(cluster, ApiVersion, cancel);
        if (seen is null || Is(seen, "/properties/powerState/code", "Stopped") || Is(seen, "/properties/provisioningState", "Deleting")) return null;

        return await AskAsync("listClusterUserCredential", cancel);
    }

    private static bool Is(JsonNode seen, string path, string value) => value.Equals(Pointer.At(seen, path)?.ToString(), StringComparison.OrdinalIgnoreCase);

    private async Task<Secret> AskAsync(string action, CancellationToken cancel)
    {
        try
        {
            var answer = await arm.AskAsync($"{cluster}/{action}", ApiVersion, null, cancel);
            return new Secret(Encoding.UTF8.GetString(Convert.FromBase64String($"{Pointer.At(answer, "/kubeconfigs/0/value")}")));
        }
        catch (ProblemException) when (action != "listClusterAdminCredential")
        {
            return await AskAsync("listClusterAdminCredential", cancel);
        }
    }
}
