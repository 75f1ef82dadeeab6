using System.Security.Cryptography;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>A running sandbox: Azure on loopback, over real sockets, with a world that stays in its folder.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private readonly StateFolder _folder;
    private readonly RequestLogWriter _log;
    private readonly World _world;
    private readonly Listeners _listeners = new();

    private SandboxServer(SandboxOptions options, StateFolder folder)
    {
        _options = options;
        _folder = folder;
        _log = new RequestLogWriter(folder);
        Faults = new Faults(options.Seed);
        Faults.Add(options.Faults);
        _world = new World(options, folder, _listeners, Faults, _log.Write);
    }

    public SandboxEndpoints Endpoints => field ??= Describe();

    public Faults Faults { get; }

    /// <summary>Every request of this world so far, those of earlier sandboxes in the same folder included.</summary>
    public IReadOnlyList<LoggedRequest> Requests => RequestLog.Read(_folder.Root);

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancel)
    {
        if (options.Machine == MachineMode.Namespaces && MachineHost.Problem(options.StateFolder) is { } problemOfHost) throw new SandboxException(problemOfHost);
        if (options.Engine == MachineEngine.Real && MachineHost.ProblemOfEngine is { } problemOfEngine) throw new SandboxException(problemOfEngine);
        DssHabits.Parse(options.DssHabits, word => throw new SandboxException($"'{word}' is no habit of DSS; the habits are {string.Join(", ", DssHabits.Names)}."));
        var folder = StateFolder.Open(options.StateFolder);
        SandboxServer? server = null;
        try
        {
            server = new SandboxServer(options, folder);
            await server._listeners.OpenAsync(options.Ports, new Certificates(CertificateAuthority.Open(folder)), server.Front(options).ServeAsync, cancel);
            await server._world.BootAsync(cancel);
            return server;
        }
        catch (Exception problem)
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            if (problem is not (CryptographicException or ArgumentException or JsonException)) throw;
            throw new SandboxException($"The world in {folder.Root} cannot be read: {problem.Message} Delete the folder to begin anew.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        await _world.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }

    private Front Front(SandboxOptions options) => new(options, Faults, _log, _world);

    private SandboxEndpoints Describe() => new()
    {
        SubscriptionId = _options.SubscriptionId,
        TenantId = _options.TenantId,
        Arm = _listeners[Endpoint.Arm],
        Authority = _listeners[Endpoint.Entra],
        Imds = _listeners[Endpoint.Imds],
        KeyVault = _listeners[Endpoint.KeyVault],
        Blob = _listeners[Endpoint.Blob],
        Kubernetes = _listeners[Endpoint.Kubernetes],
        Registry = _listeners[Endpoint.Registry],
        GitHubOidc = new OidcRequest($"{_listeners[Endpoint.Oidc]}github/token?api-version=2.0", SandboxIds.GitHubRequestToken),
        AzurePipelinesOidc = new OidcRequest($"{_listeners[Endpoint.Oidc]}azure-pipelines/oidctoken", SandboxIds.AzurePipelinesAccessToken),
        CaFile = CertificateAuthority.CaFile(_folder),
        RequestLogFile = _log.File,
        Machines = _world.Machines,
    };
}
