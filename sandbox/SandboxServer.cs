using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>A running sandbox: Azure on loopback, over real sockets, with a world that stays in its folder.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly StateFolder _folder;
    private readonly RequestLogWriter _log;
    private readonly Listeners _listeners;

    private SandboxServer(StateFolder folder, RequestLogWriter log, Listeners listeners, Faults faults)
    {
        (_folder, _log, _listeners, Faults) = (folder, log, listeners, faults);
        Endpoints = new SandboxEndpoints
        {
            Arm = listeners[Endpoint.Arm],
            Authority = listeners[Endpoint.Entra],
            Imds = listeners[Endpoint.Imds],
            KeyVault = listeners[Endpoint.KeyVault],
            Blob = listeners[Endpoint.Blob],
            GitHubOidc = new OidcRequest($"{listeners[Endpoint.Oidc]}github/token?api-version=2.0", SandboxIds.GitHubRequestToken),
            AzurePipelinesOidc = new OidcRequest($"{listeners[Endpoint.Oidc]}azure-pipelines/oidctoken", SandboxIds.AzurePipelinesAccessToken),
            CaFile = CertificateAuthority.CaFile(folder),
            RequestLogFile = log.File,
        };
    }

    public SandboxEndpoints Endpoints { get; }

    public Faults Faults { get; }

    /// <summary>Every request of this world so far, those of earlier sandboxes in the same folder included.</summary>
    public IReadOnlyList<LoggedRequest> Requests => RequestLog.Read(_folder.Root);

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancel)
    {
        var folder = StateFolder.Open(options.StateFolder);
        var log = new RequestLogWriter(folder);
        try
        {
            var faults = new Faults(options.Seed);
            faults.Add(options.Faults);
            var world = new World(options, folder, faults);
            var front = new Front(options, faults, log, world);
            var listeners = await Listeners.OpenAsync(options.Ports, CertificateAuthority.Open(folder).Issue(), front.ServeAsync, cancel);
            return new SandboxServer(folder, log, listeners, faults);
        }
        catch
        {
            log.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }
}
