using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Planes.Tests;

/// <summary>A sandbox with one cluster, and the plane that looks into it.</summary>
internal sealed class ClusterWorld : IAsyncDisposable
{
    private const string Group = "/subscriptions/" + SandboxIds.Subscription + "/resourceGroups/rg";
    private const string Version = "2025-10-01";

    public const string Cluster = Group + "/providers/Microsoft.ContainerService/managedClusters/aks";

    public required string Folder { get; init; }

    public required SandboxServer Sandbox { get; init; }

    public required Arm Arm { get; init; }

    public required TokenCredential Credential { get; init; }

    public Redactor Redactor { get; } = new();

    public List<Wait> Waits { get; } = [];

    public static async Task<ClusterWorld> StartAsync(string properties = "")
    {
        var folder = Directory.CreateTempSubdirectory("kubernetes-tests-").FullName;
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder }, default);
        var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile };
        var credential = Credentials.For(SignInOf(sandbox), endpoints, new Redactor(), TimeProvider.System);
        var options = new ArmOptions { Deployment = "prod", Endpoints = endpoints, Waits = new() { Interval = TimeSpan.FromMilliseconds(50), Listing = TimeSpan.FromMilliseconds(50) } };
        var world = new ClusterWorld { Folder = folder, Sandbox = sandbox, Credential = credential, Arm = new Arm(options, credential, TimeProvider.System) };
        await new Providers(world.Arm, TimeProvider.System).RegisterAsync(SandboxIds.Subscription, "Microsoft.ContainerService", default);
        await world.Arm.PutAsync(Group, "2025-04-01", new JsonObject { ["location"] = "westeurope" }, default);
        await world.Arm.PutAsync(Cluster, Version, JsonNode.Parse($$$"""{"location":"westeurope","identity":{"type":"SystemAssigned"},"properties":{"dnsPrefix":"aks","kubernetesVersion":"1.33","agentPoolProfiles":[{"name":"nodes","mode":"System","count":2,"vmSize":"Standard_D8s_v5"}]{{{properties}}} } }""")!, default);
        return world;
    }

    public Kubernetes Plane(Func<KubernetesOptions, KubernetesOptions>? with = null)
    {
        var options = new KubernetesOptions
        {
            Cluster = "aks",
            Kubeconfig = KubeconfigAsync,
            Server = Sandbox.Endpoints.Kubernetes,
            Redactor = Redactor,
            Retry = new() { First = TimeSpan.FromMilliseconds(10), Longest = TimeSpan.FromMilliseconds(50), Attempts = 4 },
            Interval = TimeSpan.FromMilliseconds(50),
            Waiting = new Hearing(Waits),
        };
        return new Kubernetes(with?.Invoke(options) ?? options, TimeProvider.System);
    }

    public async Task<Secret?> KubeconfigAsync(CancellationToken cancel)
    {
        var answer = await Arm.AskAsync($"{Cluster}/listClusterUserCredential", Version, null, cancel);
        return new Secret(Encoding.UTF8.GetString(Convert.FromBase64String($"{answer!["kubeconfigs"]![0]!["value"]}")));
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static SignIn SignInOf(SandboxServer sandbox) =>
        new() { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) };

    private sealed class Hearing(List<Wait> waits) : IProgress<Wait>
    {
        public void Report(Wait value)
        {
            lock (waits) waits.Add(value);
        }
    }
}
