using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The deployment of a sandbox that runs, opened as a run opens it: clients of its own for Azure, the machine, DSS and the clusters.</summary>
internal sealed class OpenedWorld : IAsyncDisposable
{
    private readonly StringWriter told = new();
    private readonly Redactor redactor = new();
    private readonly Arm arm;
    private readonly Machine machine;
    private readonly Clusters clusters;
    private readonly ImageRegistry images;
    private readonly BlobLeases leases;
    private readonly Vault vault;
    private readonly Manifest manifest;

    public OpenedWorld(SandboxServer sandbox, Manifest manifest, Action<Wait> hear)
    {
        var (ends, clock, waiting) = (sandbox.Endpoints, TimeProvider.System, new Ear(hear));
        this.manifest = manifest;
        var endpoints = new AzureEndpoints { Arm = ends.Arm, Authority = ends.Authority, Imds = ends.Imds, CaFile = ends.CaFile, Vault = $"{ends.KeyVault}{{name}}", Blob = $"{ends.Blob}{{name}}", Registry = $"{ends.Registry}{{name}}" };
        var credential = Credentials.For(new() { Kind = SignInKind.ClientSecret, Tenant = ends.TenantId, ClientId = ends.ClientId, ClientSecret = new Secret(ends.ClientSecret) }, endpoints, redactor, clock);
        arm = new(new ArmOptions { Endpoints = endpoints, Redactor = redactor, Deployment = manifest.Name, OwnLock = manifest.Names.DeleteLock.Path, Tags = manifest.Azure.Tags }, credential, clock);
        (vault, images, leases) = (new(endpoints, credential, redactor), new(endpoints, credential, redactor), new(endpoints, credential, redactor, clock));

        var guest = ends.Machines[manifest.Names.VirtualMachine.Name];
        var access = new MachineAccess(arm, vault, manifest) { Route = () => new(guest.SshHost, guest.SshPort, guest.IdentityFile) };
        var shell = access.Shell;
        machine = new(new() { Host = manifest.Names.Machine, Scripts = [typeof(Manifest).Assembly], Redactor = redactor }, shell, clock);
        var way = new DssAccess(manifest, access, machine, vault) { Shared = shell as SshShell, Route = port => ($"{guest.Address(port).Address}", guest.Address(port).Port) };
        Dss = new(way.Options() with { Redactor = redactor, Waiting = waiting }, clock);
        clusters = new(
            name => new()
            {
                Cluster = name,
                Kubeconfig = new ClusterCredentials(arm, manifest.Names.For(manifest.Aks.Clusters.Single(cluster => cluster.Name == name)).Cluster.Path).FetchAsync,
                Server = ends.Kubernetes,
                Redactor = redactor,
                Interval = Interval,
                PullPatience = TimeSpan.Zero,
                Waiting = waiting,
            },
            new LeapClock(Interval));
    }

    public Dss Dss { get; }

    public string Told => told.ToString();

    /// <summary>The folder its papers are written to.</summary>
    public string? Papers { get; init; }

    public CancellationToken Cancel { get; init; }

    // The minute between two looks at a pod is over at once, so that its quarter of an hour is too.
    private static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    public Run Run() => new(
        new Deployment
        {
            Manifest = manifest,
            Where = "a world of the tests",
            Arm = arm,
            Machine = machine,
            Dss = Dss,
            Clusters = clusters,
            Vault = vault,
            Images = images,
            Leases = leases,
            Audience = new Terminal(told, Style.Plain, TimeProvider.System, redactor),
            Papers = new Papers(new RunOptions { ReportFolder = Papers }, TextWriter.Null, redactor),
            Cancel = Cancel,
        },
        Contents.With(arm, TimeProvider.System));

    public async ValueTask DisposeAsync()
    {
        await clusters.DisposeAsync();
        await Dss.DisposeAsync();
        await machine.DisposeAsync();
        await told.DisposeAsync();
    }

    private sealed class Ear(Action<Wait> hear) : IProgress<Wait>
    {
        public void Report(Wait value) => hear(value);
    }
}
