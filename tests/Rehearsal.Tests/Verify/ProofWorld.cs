using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The whole reference deployment as it runs, in one world for a class of tests: each bends one thing in it, lets everything be proven, and bends it back.</summary>
public sealed class ProofWorld : IAsyncLifetime
{
    private MachineWorld machine = null!;
    private SandboxServer sandbox = null!;

    /// <summary>Another client of the same Azure, which is not ours.</summary>
    public Somebody Somebody { get; private set; } = null!;

    public Faults Faults => sandbox.Faults;

    public string Folder => machine.Stage.World;

    public async ValueTask InitializeAsync()
    {
        machine = await MachineWorld.WholeAsync();
        var (azure, who) = (Stage.Reference.Azure, Stage.Reference.Identity.ServicePrincipal!);
        sandbox = await SandboxServer.StartAsync(
            new() { StateFolder = Folder, SubscriptionId = azure.Subscription, TenantId = azure.Tenant, ServicePrincipals = [new(who.ClientId, who.ObjectId, null)], Machine = MachineMode.Namespaces },
            CancellationToken.None);
        Somebody = new Somebody(sandbox.Endpoints);
    }

    /// <summary>Lets a run prove everything.</summary>
    /// <param name="sets">Laid over the manifest, as <c>--set</c> would.</param>
    public Task<ProofRun> VerifyAsync(params string[] sets) => VerifyAsync(_ => { }, CancellationToken.None, sets);

    /// <param name="hear">Hears what is waited for.</param>
    public async Task<ProofRun> VerifyAsync(Action<Wait> hear, CancellationToken cancel, params string[] sets)
    {
        var folder = machine.Stage.PathOf($"papers-{Guid.NewGuid():N}");
        var before = sandbox.Requests.Count;
        await using var opened = new OpenedWorld(sandbox, Examples.Read("reference", sets), hear) { Papers = folder, Cancel = cancel };
        var run = opened.Run();
        var ended = await Record.ExceptionAsync(run.VerifyAsync);
        var file = Path.Combine(folder, "proofs.json");
        return new()
        {
            Exit = run.Exit,
            Ended = ended,
            Told = opened.Told,
            Proofs = File.Exists(file) ? [.. JsonNode.Parse(await File.ReadAllTextAsync(file))!["proofs"].Deserialize<List<ToldProof>>(JsonSerializerOptions.Web)!] : [],
            Asked = [.. sandbox.Requests.Skip(before).Select(request => $"{request.Method} {request.Path}")],
            Left = await LeftAsync(),
        };
    }

    /// <summary>The inside of DSS, asked by somebody else.</summary>
    public async Task<T> InDssAsync<T>(Func<Dss, Task<T>> work)
    {
        await using var opened = Open();
        return await work(opened.Dss);
    }

    /// <summary>Somebody else with kubectl.</summary>
    public Task<string> KubectlAsync(params string[] arguments) =>
        Kubectl.RunAsync(Somebody, sandbox.Endpoints.Kubernetes, Cluster, arguments);

    /// <summary>Runs a script as root of the machine.</summary>
    public Task OnMachineAsync(string script) => machine.MustAsync(script);

    public async ValueTask DisposeAsync()
    {
        Somebody.Dispose();
        await sandbox.DisposeAsync();
        machine.Dispose();
    }

    private static string Cluster => Stage.Reference.Names.For(Stage.Reference.Aks.Clusters[0]).Cluster.Path;

    private OpenedWorld Open() => new(sandbox, Stage.Reference, _ => { });

    /// <summary>What is still there of what proofs make for themselves: projects, pods, blobs.</summary>
    private async Task<IReadOnlyList<string>> LeftAsync()
    {
        await using var opened = Open();
        var projects = (JsonArray)(await opened.Dss.GetAsync("projects/", CancellationToken.None))!;
        var pods = await IsStoppedAsync() ? "" : await KubectlAsync("get", "pods", "--all-namespaces", "--output=name");
        var blobs = Directory.EnumerateFiles(Path.Combine(Folder, "blobs"), "*.json", SearchOption.AllDirectories).Select(file => $"{JsonNode.Parse(File.ReadAllText(file))!["Name"]}");
        return
        [
            .. projects.Select(project => $"{project!["projectKey"]}").Where(key => key.StartsWith("DSSPIPELINE_PROOF_", StringComparison.Ordinal)),
            .. pods.Split('\n').Where(pod => pod.Contains("dss-pipeline-proof", StringComparison.Ordinal)),
            .. blobs.Where(name => name.Contains("DSSPIPELINE_PROOF_", StringComparison.Ordinal)),
        ];
    }

    private async Task<bool> IsStoppedAsync() => $"{Pointer.At(await Somebody.GetAsync(Cluster, "2025-10-01"), "/properties/powerState/code")}" == "Stopped";
}
