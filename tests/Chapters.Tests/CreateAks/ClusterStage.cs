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
        stage.Azure = await SandboxServer.StartAsync(
            new()
            {
                StateFolder = stage.folder.FullName,
                SubscriptionId = manifest.Azure.Subscription,
                OtherSubscriptions = Furnishing.OtherSubscriptions(manifest),
                TenantId = manifest.Azure.Tenant,
                ServicePrincipals = Principals(manifest),
                Machine = MachineMode.None,
            },
            CancellationToken.None);
        stage.Arm = stage.ArmOf(manifest);
        await new Furnishing(stage.Arm, manifest).PlaceAsync(CancellationToken.None);
        stage.Dss = DssStage.Over(await TestDss.StartAsync(options with { Version = "14.2.0", Azure = stage.Azure.Endpoints, Pythons = ["PYTHON39"] }));
        var failures = await stage.Dss.MakeAsync(stage.Below(manifest).Concat(new InstallAksPluginTask(stage.Dss.Client(), DssStage.Vault).Declare(manifest)));
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

    /// <summary>The same with what it stands on in Azure.</summary>
    public async Task<string> MakeAllAsync(Manifest manifest)
    {
        var (resources, searches) = Declare(manifest);
        return await Dss.MakeAsync(Below(manifest).Concat(resources), searches, manifest.Policy.AllowDelete.Select(Id));
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

    /// <summary>Proves what the manifest promises, as the target Verify does, and tells what it said.</summary>
    public async Task<string> VerifyAsync(Manifest manifest)
    {
        Arm.LookAnew();
        var (redactor, told) = (new Redactor(), new StringWriter());
        var deployment = new Deployment
        {
            Manifest = manifest,
            Where = "the sandbox",
            Arm = Arm,
            Machine = Machine.Nowhere(default, "not looked into here"),
            Dss = Dss.Client(),
            Clusters = Clusters.Closed("not looked into here"),
            Vault = DssStage.Vault,
            Images = new ImageRegistry(AzureEndpoints.Public, new AnyToken(), redactor),
            Leases = new BlobLeases(AzureEndpoints.Public, new AnyToken(), redactor, TimeProvider.System),
            Audience = new Terminal(told, Style.Plain, TimeProvider.System, redactor),
            Papers = new Papers(new RunOptions(), TextWriter.Null, redactor),
        };
        await new Run(deployment, Contents.With(Arm, TimeProvider.System)).VerifyAsync();
        return $"{told}";
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

    private IEnumerable<Resource> Below(Manifest manifest) => Contents.With(Arm, TimeProvider.System).All
        .Where(task => Ground.Contains(Contents.NameOf(task.GetType())))
        .SelectMany(task => task.Declare(manifest))
        .Where(resource => resource.Id.Kind is not "sshHostKey");

    /// <summary>The applications that the plugin signs in as.</summary>
    private static ServicePrincipal[] Principals(Manifest manifest) =>
    [
        .. manifest.Aks.Connections.Select(connection => connection.ServicePrincipal).Append(manifest.Identity.ServicePrincipal).OfType<ServicePrincipalSection>()
            .Where(who => who.ClientId != SandboxIds.Client)
            .Select(who => new ServicePrincipal(who.ClientId, who.ObjectId, who.ClientSecret.Known?.Reveal())),
    ];

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
