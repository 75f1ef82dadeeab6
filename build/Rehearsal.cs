using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Build;

/// <summary>Starts the sandbox and says how the Azure plane reaches it: only endpoints, trust and sign-in differ from Azure.</summary>
internal static class Rehearsal
{
    /// <summary>Where Azure names no interval, the sandbox may be asked often: it is near, its operations are short, and its lists do not lag.</summary>
    public static WaitOptions Waits { get; } = new() { Interval = TimeSpan.FromMilliseconds(250), Listing = TimeSpan.FromMilliseconds(250) };

    public static string Folder(RunSettings settings) => settings.Sandbox.Value is { Length: > 0 } folder ? folder : ".sandbox";

    /// <exception cref="ProblemException">Latency or faults cannot be read, or the folder is used by another sandbox.</exception>
    public static async Task<SandboxServer> StartAsync(RunSettings settings, Manifest manifest, CancellationToken cancel)
    {
        try
        {
            return await SandboxServer.StartAsync(
                new SandboxOptions
                {
                    StateFolder = Folder(settings),
                    SubscriptionId = manifest.Azure.Subscription,
                    TenantId = manifest.Azure.Tenant,
                    OtherSubscriptions = Furnishing.OtherSubscriptions(manifest),
                    ServicePrincipals = Principals(manifest),
                    Machine = Missing(settings) is null ? MachineMode.Namespaces : MachineMode.None,
                    Engine = settings.Engine switch { "real" => MachineEngine.Real, "stand-in" => MachineEngine.StandIn, _ => null },
                    DssHabits = settings.DssHabits ?? "",
                    Latency = settings.Latency is { } latency ? Latency.Parse(latency) : Latency.None,
                    Faults = settings.Faults is { } faults ? FaultScript.Parse(faults).OrThrow() : [],
                },
                cancel);
        }
        catch (Exception failure) when (failure is SandboxException or FormatException)
        {
            throw new ProblemException(new Problem("Sandbox does not start", failure.Message), failure);
        }
    }

    public static AzureEndpoints Endpoints(SandboxServer sandbox) => new()
    {
        Arm = sandbox.Endpoints.Arm,
        Authority = sandbox.Endpoints.Authority,
        Imds = sandbox.Endpoints.Imds,
        CaFile = sandbox.Endpoints.CaFile,
        Vault = $"{sandbox.Endpoints.KeyVault}{{name}}",
        Blob = $"{sandbox.Endpoints.Blob}{{name}}",
        Registry = $"{sandbox.Endpoints.Registry}{{name}}",
    };

    /// <summary>Why the inside of the machine is not rehearsed; null when it is.</summary>
    /// <exception cref="ProblemException">It was asked for, and this host cannot do it.</exception>
    public static string? Missing(RunSettings settings)
    {
        if (settings.Machine == "none") return "not rehearsed, as --machine none asks";

        var problem = DssPipeline.Sandbox.MachineHost.Problem(Folder(settings));
        if (problem is not null && settings.Machine is not null) throw new ProblemException(new Problem("Machine cannot be rehearsed", problem));
        return problem is null ? null : $"not rehearsed here: {problem}";
    }

    /// <summary>Why the inside of clusters is not rehearsed; null when it is.</summary>
    public static string? MissingKubectl => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl")))
        ? null
        : "nodes and namespaces are not rehearsed here: kubectl is not installed";

    /// <summary>Where the machine listens now. It is opened by the manifest's own key where the manifest hands one over, or else by the sandbox's.</summary>
    public static SshRoute? Route(SandboxServer sandbox, Manifest manifest) => sandbox.Endpoints.Machines.TryGetValue(manifest.Names.VirtualMachine.Name, out var found)
        ? new(found.SshHost, found.SshPort, manifest.Vm.SshPrivateKey is { Known: not null, IsStandIn: false } ? null : found.IdentityFile)
        : null;

    /// <summary>The applications that DSS signs in with, where the manifest names any.</summary>
    private static ServicePrincipal[] Principals(Manifest manifest) =>
    [
        .. new[] { manifest.Identity.ServicePrincipal }
            .Concat(manifest.Adls.SelectMany(account => account.Connections).Select(connection => connection.ServicePrincipal))
            .Concat(manifest.Aks.Connections.Select(connection => connection.ServicePrincipal))
            .OfType<ServicePrincipalSection>()
            .Select(who => new ServicePrincipal(who.ClientId, who.ObjectId, who.ClientSecret is { IsStandIn: false, Known: { } known } ? known.Reveal() : null)),
    ];

    /// <summary>Where a port of the machine listens now; null while there is no machine.</summary>
    public static (string Host, int Port)? Route(SandboxServer sandbox, Manifest manifest, int port) => sandbox.Endpoints.Machines.TryGetValue(manifest.Names.VirtualMachine.Name, out var found) && found.Address(port) is var place
        ? ($"{place.Address}", place.Port)
        : null;

    /// <summary>As the manifest says where it names a pipeline's own token; by secret otherwise.</summary>
    public static SignIn SignIn(SandboxServer sandbox, Manifest manifest)
    {
        var world = sandbox.Endpoints;
        var signIn = new SignIn { Tenant = world.TenantId, ClientId = world.ClientId };
        return manifest.Azure.SignIn.Method switch
        {
            SignInMethod.GithubOidc => signIn with
            {
                Kind = SignInKind.GitHub,
                Variable = Told(("ACTIONS_ID_TOKEN_REQUEST_URL", world.GitHubOidc.RequestUrl), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", world.GitHubOidc.RequestToken)),
            },
            SignInMethod.AzurePipelinesOidc => signIn with
            {
                Kind = SignInKind.AzurePipelines,
                ServiceConnection = world.ServiceConnectionId,
                Variable = Told(("SYSTEM_OIDCREQUESTURI", world.AzurePipelinesOidc.RequestUrl), ("SYSTEM_ACCESSTOKEN", world.AzurePipelinesOidc.RequestToken)),
            },
            _ => signIn with { Kind = SignInKind.ClientSecret, ClientSecret = new Secret(world.ClientSecret) },
        };
    }

    /// <summary>The environment of a job whose issuer is the sandbox.</summary>
    private static Func<string, string?> Told(params (string Name, string Value)[] variables) =>
        name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault();
}
