using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>An example in a sandbox of its own: the real chapters, the real Azure clients, real sockets.</summary>
public sealed class Rehearsed : IAsyncDisposable
{
    private readonly SandboxServer sandbox;
    private readonly DirectoryInfo folder;

    private readonly string example;

    private Rehearsed(SandboxServer sandbox, DirectoryInfo folder, string example, Manifest manifest)
    {
        (this.sandbox, this.folder, this.example, Manifest) = (sandbox, folder, example, manifest);
        Somebody = new Somebody(sandbox.Endpoints);
    }

    public Manifest Manifest { get; }

    private List<Clusters> Opened { get; init; } = [];

    private Clusters? Inner => Opened is [.., var last] ? last : null;

    /// <summary>Another client of the same Azure, which is not ours.</summary>
    public Somebody Somebody { get; }

    /// <summary>Where the API servers of the clusters answer.</summary>
    public Uri Kubernetes => sandbox.Endpoints.Kubernetes;

    /// <summary>Every resource that the example declares, with where Azure keeps it.</summary>
    public IReadOnlyList<Resource> Resources => [.. Parts(Arm()).SelectMany(part => part.Resources)];

    /// <summary>Requests that write.</summary>
    public IEnumerable<string> Writes => sandbox.Requests
        .Where(request => request.Endpoint is Endpoint.Arm && request.Method is "PUT" or "PATCH" or "DELETE" or "POST")
        .Select(request => $"{request.Method} {request.Path}");

    /// <param name="sets">Laid over the example, as <c>--set</c> would.</param>
    public static Task<Rehearsed> OpenAsync(string example, params string[] sets) => OpenFaultyAsync("", example, sets);

    /// <param name="faults">What goes wrong, as <c>--faults</c> would have it.</param>
    public static async Task<Rehearsed> OpenFaultyAsync(string faults, string example, params string[] sets)
    {
        var manifest = Examples.Read(example, sets);
        var state = Directory.CreateTempSubdirectory("rehearsal-");
        var options = new SandboxOptions { StateFolder = state.FullName, SubscriptionId = manifest.Azure.Subscription, OtherSubscriptions = Furnishing.OtherSubscriptions(manifest), TenantId = manifest.Azure.Tenant, Faults = FaultScript.Parse(faults).OrThrow() };
        var rehearsed = new Rehearsed(await SandboxServer.StartAsync(options, CancellationToken.None), state, example, manifest);
        await new Furnishing(rehearsed.Arm(), manifest).PlaceAsync(CancellationToken.None);
        return rehearsed;
    }

    /// <summary>The same sandbox, met by a later version of the manifest. Disposed of with the first.</summary>
    public Rehearsed With(params string[] sets) => new(sandbox, folder, example, Examples.Read(example, sets)) { Opened = Opened };

    /// <summary>The inside of a cluster, by the real kubectl, as the run sees it.</summary>
    public Kubernetes Inside(string cluster) => Inner!.Of(cluster);

    /// <summary>From now on the run looks into clusters as well, with credentials of its own.</summary>
    public Rehearsed LookingInside()
    {
        var arm = Arm();
        Opened.Add(new Clusters(
            name => new()
            {
                Cluster = name,
                Kubeconfig = new ClusterCredentials(arm, Manifest.Names.For(Manifest.Aks.Clusters.Single(cluster => cluster.Name == name)).Cluster.Path).FetchAsync,
                Server = sandbox.Endpoints.Kubernetes,
                Retry = new() { First = TimeSpan.FromMilliseconds(50), Attempts = 4 },
            },
            TimeProvider.System));
        return this;
    }

    public async Task<Plan> PlanDestroyAsync()
    {
        var arm = Arm();
        return await Rollout(arm, await Removal.OfAsync(Parts(arm), CancellationToken.None), Destroying).PlanAsync(CancellationToken.None);
    }

    public Task<Plan> PlanAsync()
    {
        var arm = Arm();
        return Rollout(arm, new Graph(Parts(arm)), Deploying).PlanAsync(CancellationToken.None);
    }

    public Task<Report> DeployAsync() => DeployAsync(_ => { }, CancellationToken.None);

    /// <param name="hear">Hears what happens, and may cut the run short.</param>
    public async Task<Report> DeployAsync(Action<Happening> hear, CancellationToken cancel)
    {
        var arm = Arm();
        return await MakeAsync(Rollout(arm, new Graph(Parts(arm)), Deploying, hear), cancel);
    }

    public async Task<Report> DestroyAsync()
    {
        var arm = Arm();
        return await MakeAsync(Rollout(arm, await Removal.OfAsync(Parts(arm), CancellationToken.None), Destroying), CancellationToken.None);
    }

    /// <summary>What did not come about, a line each; empty when all is good.</summary>
    public static string Failures(Report report) =>
        string.Join('\n', report.Outcomes.Where(outcome => !outcome.IsGood).Select(outcome => $"{outcome.Id}: {outcome.Ending}: {outcome.Problem}"));

    public static string Text(Plan plan) => new PlanText(Style.Plain).Of("the rehearsal", plan);

    public async ValueTask DisposeAsync()
    {
        Somebody.Dispose();
        foreach (var one in Opened) await one.DisposeAsync();
        await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<Report> MakeAsync(Rollout rollout, CancellationToken cancel)
    {
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), cancel);
        return await rollout.FinishAsync();
    }

    private Arm Arm()
    {
        var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile };
        var signIn = new SignIn
        {
            Kind = SignInKind.ClientSecret,
            Tenant = sandbox.Endpoints.TenantId,
            ClientId = sandbox.Endpoints.ClientId,
            ClientSecret = new Secret(sandbox.Endpoints.ClientSecret),
        };
        var options = new Planes.ArmOptions
        {
            Endpoints = endpoints,
            Deployment = Manifest.Name,
            OwnLock = Manifest.Names.DeleteLock.Path,
            Tags = Manifest.Azure.Tags,
            Waits = new WaitOptions { Interval = TimeSpan.FromMilliseconds(20), Listing = TimeSpan.FromMilliseconds(20) },
        };
        return new Arm(options, Credentials.For(signIn, endpoints, options.Redactor, TimeProvider.System), TimeProvider.System);
    }

    private IReadOnlyList<Part> Parts(Arm arm) =>
        [.. Contents.With(arm, TimeProvider.System, clusters: Inner).All.Select(task => Contents.PartOf(task, Manifest))];

    private Permissions Deploying => new(Named(Manifest.Policy.AllowReplace), Named(Manifest.Policy.AllowDelete));

    private Permissions Destroying => new(Named(Manifest.Policy.AllowReplace), Named(Manifest.Policy.AllowDestroy)) { DeleteKey = "policy.allowDestroy" };

    private static Rollout Rollout(Arm arm, Graph graph, Permissions permissions, Action<Happening>? hear = null) => new(graph, new RolloutOptions
    {
        FirstPause = TimeSpan.FromMilliseconds(20),
        LookAnew = arm.LookAnew,
        Permissions = permissions,
    }, TimeProvider.System, new Ear(hear ?? (_ => { })));

    private static HashSet<ResourceId> Named(IEnumerable<string> ids) =>
        [.. ids.Select(text => ResourceId.TryParse(text, out var id) ? id : throw new InvalidDataException($"{text} is no resource's name"))];

    private sealed class Ear(Action<Happening> hear) : IProgress<Happening>
    {
        public void Report(Happening value) => hear(value);
    }
}
