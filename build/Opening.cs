using Azure.Core;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Build;

/// <summary>A deployment with everything that has to be closed after it.</summary>
internal sealed class Opening(Deployment deployment, Telling telling, SandboxServer? sandbox) : IAsyncDisposable
{
    private const string Nothing = "there is no manifest";

    public Deployment Deployment { get; } = deployment;

    public Telling Telling { get; } = telling;

    /// <summary>Reads the manifest, starts the sandbox where one is asked for, and signs in lazily: nobody is asked before the first task.</summary>
    /// <exception cref="ProblemException">The manifest or what it needs is wrong; nothing was started.</exception>
    public static Task<Opening> OpenAsync(RunSettings settings, CancellationToken cancel) => OpenAsync(settings, redactor => new Telling(settings, redactor), cancel);

    /// <param name="tell">How it is told.</param>
    public static async Task<Opening> OpenAsync(RunSettings settings, Func<Redactor, Telling> tell, CancellationToken cancel)
    {
        var manifest = settings.NeedsManifest ? Reading.Read(settings) : null;
        var sandbox = manifest is not null && settings.Sandbox.IsSet && settings.AsksSomebody ? await Rehearsal.StartAsync(settings, manifest, cancel) : null;
        var endpoints = sandbox is null ? AzureEndpoints.Public : Rehearsal.Endpoints(sandbox);
        var signIn = sandbox is null ? Reading.SignIn(manifest) : Rehearsal.SignIn(sandbox, manifest!);

        var redactor = Teaching.Redactor;
        foreach (var secret in Secrets.In(manifest)) redactor.Add(secret);
        // From here on every secret is masked before a line is printed that could hold it.
        var telling = tell(redactor);
        var audience = telling.Audience;
        var credential = Credentials.For(signIn, endpoints, redactor, TimeProvider.System);
        var arm = ArmOf(manifest, endpoints, credential, audience, sandbox is null ? new() : Rehearsal.Waits, redactor);
        var vault = new Vault(endpoints, credential, redactor);
        var (inside, dss) = manifest is null ? (Machine.Nowhere(default, Nothing), Dss.Nowhere(default, Nothing)) : InsideOf(manifest, arm, vault, audience, redactor, sandbox, settings);
        var deployment = new Deployment
        {
            Manifest = manifest,
            Where = sandbox is null ? "Azure" : $"the sandbox in {Rehearsal.Folder(settings)}",
            Arm = arm,
            Machine = inside,
            Dss = dss,
            Clusters = manifest is null ? Clusters.Closed(Nothing) : ClustersOf(manifest, arm, credential, audience, redactor, sandbox),
            Vault = vault,
            Images = new ImageRegistry(endpoints, credential, redactor),
            Leases = new BlobLeases(endpoints, credential, redactor, TimeProvider.System),
            Audience = audience,
            Papers = telling.Papers,
            Ci = telling.Ci,
            Notices = Noticing.Of(settings, manifest, redactor, audience.Say),
            Fleet = settings.IsFleet && !settings.OnlyTells ? FleetReader.Read(settings.Manifests!, Environment.CurrentDirectory) : null,
            RunMember = settings.IsFleet && settings.Sandbox.IsSet ? new FleetMember(settings, telling, cancel).RunAsync : null,
            Options = settings.Options,
            Cancel = cancel,
        };
        if (sandbox is not null) await FurnishAsync(deployment, cancel);
        return new(deployment, telling, sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        Telling.End();
        await Deployment.Clusters.DisposeAsync();
        await Deployment.Dss.DisposeAsync();
        await Deployment.Machine.DisposeAsync();
        if (sandbox is not null) await sandbox.DisposeAsync();
    }

    private static async Task FurnishAsync(Deployment deployment, CancellationToken cancel)
    {
        var made = await new Furnishing(deployment.Arm, deployment.Needed()).PlaceAsync(cancel);
        var kept = await new StandIns(deployment.Vault, deployment.Needed()).PlaceAsync(cancel);
        if (made.Count > 0) deployment.Audience.Say($"The manifest says these exist already, so the sandbox was furnished with them: {string.Join(", ", made)}.");
        if (kept.Count > 0) deployment.Audience.Say($"The manifest takes these secrets from vaults of others, so the sandbox keeps stand-ins for them: {string.Join(", ", kept.Select(secret => $"{secret.Vault}/{secret.Name}"))}.");
    }

    /// <summary>The machine and DSS, which share the connection of ssh where both are reached by it.</summary>
    private static (Machine Machine, Dss Dss) InsideOf(Manifest manifest, Arm arm, Vault vault, Audience audience, Redactor redactor, SandboxServer? sandbox, RunSettings settings)
    {
        var missing = sandbox is null ? null : Rehearsal.Missing(settings);
        var options = new MachineOptions
        {
            Host = manifest.Names.Machine,
            Missing = missing,
            Scripts = [typeof(Manifest).Assembly],
            Redactor = redactor,
            Waiting = audience,
        };
        var access = new MachineAccess(arm, vault, manifest) { Route = sandbox is null ? null : () => Rehearsal.Route(sandbox, manifest) };
        var shell = access.Shell;
        var machine = new Machine(options, shell, TimeProvider.System);
        var way = new DssAccess(manifest, access, machine, vault) { Shared = shell as SshShell, Route = sandbox is null ? null : port => Rehearsal.Route(sandbox, manifest, port) }.Options();
        var dss = new Dss(way with { Missing = missing ?? way.Missing, Redactor = redactor, Waiting = audience }, TimeProvider.System);
        return (machine, dss);
    }

    private static Clusters ClustersOf(Manifest manifest, Arm arm, TokenCredential credential, Audience audience, Redactor redactor, SandboxServer? sandbox)
    {
        return new Clusters(OptionsOf, TimeProvider.System) { Missing = sandbox is null ? null : Rehearsal.MissingKubectl };

        KubernetesOptions OptionsOf(string name) => new()
        {
            Cluster = name,
            Kubeconfig = new ClusterCredentials(arm, manifest.Names.For(manifest.Aks.Clusters.Single(cluster => cluster.Name == name)).Cluster.Path).FetchAsync,
            Server = sandbox?.Endpoints.Kubernetes,
            Token = async (audience, cancel) => redactor.Add(new Secret((await credential.GetTokenAsync(new TokenRequestContext([$"{audience}/.default"]), cancel)).Token)),
            Redactor = redactor,
            Waiting = audience,
        };
    }

    private static Arm ArmOf(Manifest? manifest, AzureEndpoints endpoints, TokenCredential credential, Audience audience, WaitOptions waits, Redactor redactor)
    {
        var options = new ArmOptions
        {
            Endpoints = endpoints,
            Waiting = audience,
            Waits = waits,
            Redactor = redactor,
            Deployment = manifest?.Name ?? "none",
            OwnLock = manifest?.Names.DeleteLock.Path,
            Tags = manifest?.Azure.Tags ?? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        };
        return new Arm(options, credential, TimeProvider.System);
    }
}
