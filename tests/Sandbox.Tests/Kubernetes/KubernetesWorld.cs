using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A sandbox with one cluster, and the real kubectl, let in by the kubeconfig that Resource Manager hands out.</summary>
internal sealed class KubernetesWorld : IAsyncDisposable
{
    public const string Cluster = "Microsoft.ContainerService/managedClusters/aks-one";

    private const string Version = "2025-10-01";
    private const int Patience = 20;

    private readonly TemporaryFolder folder = new();
    private readonly ArmCaller arm;
    private bool isOwner;

    private KubernetesWorld(SandboxClient sandbox, ArmCaller arm) => (Sandbox, this.arm) = (sandbox, arm);

    public SandboxClient Sandbox { get; }

    public string Config => Path.Combine(folder.Path, "config");

    /// <param name="state">A folder that outlives the world; null for one of its own.</param>
    public static async Task<KubernetesWorld> StartAsync(string? properties = null, string? state = null) =>
        (await OverAsync(state is null ? await SandboxClient.StartAsync() : await SandboxClient.StartInAsync(state), properties)).EndWithSandbox();

    /// <summary>The cluster in a sandbox that is there already, and goes on after this.</summary>
    public static async Task<KubernetesWorld> OverAsync(SandboxClient sandbox, string? properties = null)
    {
        var world = new KubernetesWorld(sandbox, await ArmCaller.OpenAsync(sandbox));
        await world.arm.MakeAsync(Cluster, Version, $$$"""{"location":"westeurope","identity":{"type":"SystemAssigned"},"properties":{"dnsPrefix":"aks","kubernetesVersion":"1.33","agentPoolProfiles":[{"name":"nodes","mode":"System","count":3,"vmSize":"Standard_D8s_v5"}]{{{properties}}} } }""");
        await world.SettleAsync(Cluster);
        await world.LetInAsync("listClusterAdminCredential");
        return world;
    }

    /// <summary>Makes or changes something in Resource Manager, and waits until it is.</summary>
    public async Task<JsonNode> MakeAsync(string resource, string body, string version = Version)
    {
        await arm.MakeAsync(resource, version, body);
        return await SettleAsync(resource, version);
    }

    /// <summary>The identity with which the nodes pull.</summary>
    public async Task<string> KubeletAsync() => (string)(await SettleAsync(Cluster))["properties"]!["identityProfile"]!["kubeletidentity"]!["objectId"]!;

    public async Task DoAsync(HttpMethod method, string resource)
    {
        using var answer = await arm.SendAsync(method, resource, Version);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        if (answer.Headers.Location is not null) await arm.PollAsync(answer);
    }

    /// <summary>Writes the kubeconfig of an action, led to the sandbox.</summary>
    public async Task<string> LetInAsync(string action)
    {
        using var answer = await arm.SendAsync(HttpMethod.Post, $"{Cluster}/{action}", Version);
        var told = Encoding.UTF8.GetString(Convert.FromBase64String((string)(await SandboxClient.JsonOf(answer))["kubeconfigs"]![0]!["value"]!));
        var host = new Uri(told.Split('\n').First(line => line.Contains("server: ", StringComparison.Ordinal)).Split("server: ")[1]).Host;
        var text = told.Replace($"https://{host}:443", $"https://127.0.0.1:{Sandbox.Endpoints.Kubernetes.Port}\n    tls-server-name: {host}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Config, text);
        return told;
    }

    /// <summary>Runs kubectl to its end: exit code, what it said, what it complained about.</summary>
    public async Task<(int Code, string Output, string Errors)> KubectlAsync(string arguments, string? input = null)
    {
        var start = new ProcessStartInfo("kubectl", [.. arguments.Split(' '), $"--cache-dir={folder.Path}/cache"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = Config;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>What kubectl said; it must not have complained.</summary>
    public async Task<string> SaidAsync(string arguments, string? input = null)
    {
        var (code, output, errors) = await KubectlAsync(arguments, input);
        Assert.True(code == 0, $"kubectl {arguments} ended with {code}: {errors}{output}");
        return output;
    }

    public async Task<JsonNode> JsonAsync(string arguments) => JsonNode.Parse(await SaidAsync($"{arguments} -o json"))!;

    public async ValueTask DisposeAsync()
    {
        if (isOwner) await Sandbox.DisposeAsync();
        folder.Dispose();
    }

    private KubernetesWorld EndWithSandbox()
    {
        isOwner = true;
        return this;
    }

    private async Task<JsonNode> SettleAsync(string resource, string version = Version)
    {
        for (var look = 0; look < Patience; look++)
        {
            using var answer = await arm.SendAsync(HttpMethod.Get, resource, version);
            var seen = await SandboxClient.JsonOf(answer);
            if (seen["properties"]?["provisioningState"]?.ToString() is null or "Succeeded") return seen;
        }

        throw new InvalidOperationException($"{resource} does not settle.");
    }
}
