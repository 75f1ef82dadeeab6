using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using DssPipeline.Tests;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Chapters.Tests;

/// <summary>An Azure of the sandbox with what clusters stand on, and a DSS in it that makes them through its plugin.</summary>
internal sealed class ClusterStage : IAsyncDisposable
{
    private static readonly string[] Ground = ["CreateResourceGroup", "CreateNetwork", "CreateIdentity", "CreateRegistry", "PrepareVm"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("azure-");

    private ClusterStage()
    {
    }

    public SandboxServer Azure { get; private set; } = null!;

    public DssStage Dss { get; private set; } = null!;

    public Arm Arm { get; private set; } = null!;

    /// <summary>The manifest, with values laid over it.</summary>
    public static Manifest Read(params IReadOnlyList<string> sets) => ReadText(Text, sets);

    public static string Text => File.ReadAllText(Path.Combine(Snapshot.Folder(), "clusters.yml"));

    public static Manifest ReadText(string text, params IReadOnlyList<string> sets) =>
        ManifestReader.ReadText(text, "clusters.yml", new ReadOptions { Sets = sets, Variables = name => name is "CLIENT_SECRET" ? SandboxIds.ClientSecret : null });

    public static Task<ClusterStage> StartAsync(Manifest manifest, string habits = "") => StartAsync(manifest, new SandboxDssOptions { Folder = "", Habits = habits });

    /// <summary>The same with a DSS that is watched.</summary>
    public static async Task<ClusterStage> StartAsync(Manifest manifest, SandboxDssOptions options)
    {
        var stage = new ClusterStage();
        stage.Azure = await SandboxServer.StartAsync(new() { StateFolder = stage.folder.FullName, SubscriptionId = manifest.Azure.Subscription, TenantId = manifest.Azure.Tenant, Machine = MachineMode.None }, CancellationToken.None);
        stage.Arm = stage.ArmOf(manifest);
        stage.Dss = DssStage.Over(await TestDss.StartAsync(options with { Version = "14.2.0", Azure = stage.Azure.Endpoints, Pythons = ["PYTHON39"] }));
        var below = Contents.With(stage.Arm, TimeProvider.System).All.Where(task => Ground.Contains(Contents.NameOf(task.GetType()))).SelectMany(task => task.Declare(manifest)).Where(resource => resource.Id.Kind is not "sshHostKey");
        var failures = await stage.Dss.MakeAsync(below.Concat(new InstallAksPluginTask(stage.Dss.Client(), DssStage.Vault).Declare(manifest)));
        Assert.True(failures is "", failures);
        return stage;
    }

    /// <summary>The chapters around clusters, as a run of its own sees them.</summary>
    public (IReadOnlyList<Resource> Resources, IReadOnlyList<LeftoverSearch> Searches) Declare(Manifest manifest, Dss? dss = null)
    {
        Arm.LookAnew();
        var client = dss ?? Dss.Client();
        ConvergingTask[] tasks = [new InstallAksPluginTask(client, DssStage.Vault), new CreateAksTask(Arm, client, DssStage.Vault, Clusters.Closed("not looked into here")), new UseClusterTask(client)];
        return ([.. tasks.SelectMany(task => task.Declare(manifest))], [.. tasks.SelectMany(task => task.Search(manifest))]);
    }

    /// <summary>Makes it so, and tells what failed.</summary>
    public async Task<string> MakeAsync(Manifest manifest, Dss? dss = null)
    {
        var (resources, searches) = Declare(manifest, dss);
        return await Dss.MakeAsync(resources, searches, manifest.Policy.AllowDelete.Select(Id));
    }

    public async Task<Plan> PlanAsync(Manifest manifest)
    {
        var (resources, searches) = Declare(manifest);
        return await Dss.PlanAsync(resources, searches);
    }

    /// <summary>Removes all of it as Destroy does, which asks nobody but Azure.</summary>
    public async Task<string> DestroyAsync(Manifest manifest)
    {
        Arm.LookAnew();
        var parts = Contents.With(Arm, TimeProvider.System, dss: Dss.Client()).All.Select(task => Contents.PartOf(task, manifest)).Select(Run.OutsideTheMachine).ToList();
        var rollout = new Rollout(await Removal.OfAsync(parts, CancellationToken.None), new RolloutOptions { Permissions = new(new HashSet<ResourceId>(), manifest.Policy.AllowDestroy.Select(Id).ToHashSet()) }, TimeProvider.System, Dss);
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
        return Stage.Failures(await rollout.FinishAsync());
    }

    /// <summary>The AKS clusters that are in Azure, by name.</summary>
    public async Task<IReadOnlyList<string>> ClustersAsync(Manifest manifest) =>
        [.. (await Arm.ListAsync($"{manifest.Names.ResourceGroup.Path}/providers/Microsoft.ContainerService/managedClusters", ManagedCluster.ApiVersion, CancellationToken.None)).Select(cluster => $"{cluster["name"]}")];

    /// <summary>A cluster as Azure has it.</summary>
    public async Task<JsonNode?> ClusterAsync(Manifest manifest) => await Arm.GetAsync(manifest.Names.For(manifest.Aks.Clusters[0]).Cluster.Path, ManagedCluster.ApiVersion, CancellationToken.None);

    /// <summary>The state that DSS tells of it.</summary>
    public async Task<string> StateAsync(Manifest manifest) => $"{(await Dss.SeeAsync($"admin/clusters/{manifest.Aks.Clusters[0].Name}/status"))?["state"]}";

    /// <summary>How often Azure was asked to make the cluster.</summary>
    public int Starts(string name) => Dss.Server.Requests.Count(request => request.Method == "POST" && request.Path.EndsWith($"/{name}/actions/start", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Dss.DisposeAsync();
        await Azure.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static ResourceId Id(string text) => ResourceId.TryParse(text, out var id) ? id : default;

    public Arm ArmOf(Manifest manifest)
    {
        var (ends, redactor) = (Azure.Endpoints, new Redactor());
        var endpoints = new AzureEndpoints { Arm = ends.Arm, Authority = ends.Authority, Imds = ends.Imds, CaFile = ends.CaFile, Vault = $"{ends.KeyVault}{{name}}", Blob = $"{ends.Blob}{{name}}" };
        var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = ends.TenantId, ClientId = ends.ClientId, ClientSecret = new Secret(ends.ClientSecret) };
        return new(
            new ArmOptions { Endpoints = endpoints, Redactor = redactor, Deployment = manifest.Name, Tags = manifest.Azure.Tags, Waits = new() { Interval = TimeSpan.FromMilliseconds(50), Listing = TimeSpan.FromMilliseconds(50) } },
            Credentials.For(signIn, endpoints, redactor, TimeProvider.System),
            TimeProvider.System);
    }
}
