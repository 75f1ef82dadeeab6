using System.Diagnostics;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Somebody else with kubectl, and a kubeconfig that he got from Azure himself.</summary>
internal static class Kubectl
{
    /// <param name="api">Where the API servers answer.</param>
    /// <param name="cluster">Its path in Azure.</param>
    /// <returns>What kubectl printed.</returns>
    public static async Task<string> RunAsync(Somebody somebody, Uri api, string cluster, IReadOnlyList<string> arguments)
    {
        var told = await somebody.ToldAsync($"{cluster}/listClusterUserCredential", "2025-10-01");
        var text = Encoding.UTF8.GetString(Convert.FromBase64String($"{Pointer.At(told, "/kubeconfigs/0/value")}"));
        var host = new Uri(text.Split("server: ")[1].Split('\n')[0]).Host;
        var folder = Directory.CreateTempSubdirectory("somebody-");
        var file = Path.Combine(folder.FullName, "config");
        await File.WriteAllTextAsync(file, text.Replace($"https://{host}:443", $"{api}{host}", StringComparison.Ordinal));

        var start = new ProcessStartInfo("kubectl", [.. arguments, $"--cache-dir={folder.FullName}"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["KUBECONFIG"] = file;
        using var process = Process.Start(start)!;
        var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        folder.Delete(recursive: true);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
