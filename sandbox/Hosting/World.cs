using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The services of one sandbox and which of them a request is for.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly Jwt _jwt;
    private readonly ArmStore _store;
    private readonly BearerCheck _bearer;
    private readonly SharedKeyCheck _keys;
    private readonly ArmSubscriptions _arm;
    private readonly EntraApi _entra;
    private readonly ImdsApi _imds;
    private readonly OidcApi _oidc;
    private readonly KeyVaultApi _vaults;
    private readonly BlobApi _blobs;
    private readonly KubernetesApi _kubernetes;
    private readonly RegistryApi _registries;
    private readonly Downloads _downloads = new();
    private readonly Machines? _machines;
    private readonly GuestScripts? _scripts;

    public World(SandboxOptions options, StateFolder folder, Listeners listeners, Faults faults, Action<LoggedRequest> heard)
    {
        _jwt = new Jwt(folder);
        _store = new ArmStore(folder.Folder("arm"));
        var identities = new ManagedIdentities(_store);
        var tokens = new Tokens(_jwt, options.Clock, options.TokenLifetime);
        _bearer = new BearerCheck(tokens, listeners, options.TenantId);
        _keys = new SharedKeyCheck(_store);
        if (options.Machine == MachineMode.Namespaces)
        {
            _machines = new Machines(Surroundings(folder, listeners, faults, new InternetNames(_store), heard) with { Engine = options.Engine, DssHabits = options.DssHabits });
            _scripts = new GuestScripts(_store, _machines, options.Clock);
        }

        _arm = new ArmSubscriptions(_store, options.Clock, Arm(options, folder, faults) with { Machines = _machines, Scripts = _scripts });
        var applications = new Applications(options.FederatedCredentials, options.ServicePrincipals, identities);
        _entra = new EntraApi(_jwt, tokens, applications, options);
        _imds = new ImdsApi(tokens, identities, new Guests(_store, _machines), options);
        _oidc = new OidcApi(_jwt, options.Clock);
        _vaults = new KeyVaultApi(new VaultStore(folder.Folder("vaults")), new ArmSecrets(_store, options.Clock), options.Clock);
        var blobs = new BlobStore(folder.Folder("blobs"));
        _blobs = new BlobApi(blobs, new Containers(blobs, _store), options.Clock);
        var (registries, content, rights) = (new Registries(_store), new RegistryStore(folder.Folder("registries")), new RegistryRights(_store));
        var signIn = new RegistrySignIn(new RegistryTokens(_jwt, options.Clock), rights, tokens, applications);
        _registries = new RegistryApi(registries, content, signIn, context => _machines?.From(context.Connection.RemoteIpAddress) is not null);
        var images = new PodImages(new RegistryImages(registries, content, rights, applications)) { Network = new(PlaceOf) };
        _kubernetes = new KubernetesApi(new KubernetesClusters(_store, folder.Folder("kubernetes"), images, options.Clock), tokens);
    }

    public async Task ServeAsync(Endpoint endpoint, HttpContext context)
    {
        var open = endpoint is Endpoint.Entra or Endpoint.Imds or Endpoint.Oidc or Endpoint.Kubernetes or Endpoint.Registry or Endpoint.Downloads;
        var admitted = open || await (endpoint == Endpoint.Blob && SharedKeyCheck.Concerns(context) ? _keys.AdmitAsync(context) : _bearer.AdmitAsync(endpoint, context));
        if (!admitted) return;

        await (endpoint switch
        {
            Endpoint.Arm => _arm.HandleAsync(context),
            Endpoint.Entra => _entra.HandleAsync(context),
            Endpoint.Imds => _imds.HandleAsync(context),
            Endpoint.Oidc => _oidc.HandleAsync(context),
            Endpoint.KeyVault => _vaults.HandleAsync(context),
            Endpoint.Blob => _blobs.HandleAsync(context),
            Endpoint.Kubernetes => _kubernetes.HandleAsync(context),
            Endpoint.Registry => _registries.HandleAsync(context),
            Endpoint.Downloads => _downloads.ServeAsync(context),
            _ => throw new InvalidOperationException($"Nobody answers at {endpoint}."),
        });
    }

    private System.Net.IPEndPoint? PlaceOf(string machine, int port) => Machines.TryGetValue(machine, out var found) ? found.Address(port) : null;

    public IReadOnlyDictionary<string, MachineEndpoint> Machines => _machines?.Endpoints ?? new Dictionary<string, MachineEndpoint>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Machines that Resource Manager says are running come up.</summary>
    public async Task BootAsync(CancellationToken cancel)
    {
        _scripts?.GiveUpOld();
        if (_machines is null) return;

        _arm.Boot();
        await _machines.StartedAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_scripts is not null) await _scripts.DisposeAsync();
        if (_machines is not null) await _machines.DisposeAsync();
        _store.Dispose();
        _jwt.Dispose();
    }

    private static MachineSurroundings Surroundings(StateFolder folder, Listeners listeners, Faults faults, InternetNames names, Action<LoggedRequest> heard) => new()
    {
        State = folder,
        CaFile = CertificateAuthority.CaFile(folder),
        Faults = faults,
        Heard = heard,
        FindName = names.Find,
        WaysOut = () =>
        [
            new(Internet.Downloads, 443, listeners[Endpoint.Downloads].Port),
            new(Internet.Downloads, 80, listeners.PlainDownloads),
            new(Internet.Arm, 443, listeners[Endpoint.Arm].Port),
            new(Internet.Entra, 443, listeners[Endpoint.Entra].Port),
            new(Internet.KeyVault, 443, listeners[Endpoint.KeyVault].Port),
            new(Internet.Storage, 443, listeners[Endpoint.Blob].Port),
            new(Internet.Kubernetes, 443, listeners[Endpoint.Kubernetes].Port),
            new(Internet.Registry, 443, listeners[Endpoint.Registry].Port),
            new(Internet.Metadata, 80, listeners[Endpoint.Imds].Port),
        ],
    };

    private static ArmOptions Arm(SandboxOptions options, StateFolder folder, Faults faults) => new()
    {
        CaFile = CertificateAuthority.CaFile(folder),
        TenantId = options.TenantId,
        SubscriptionId = options.SubscriptionId,
        OtherSubscriptions = options.OtherSubscriptions,
        DurationScale = options.Latency.OperationScale,
        Failing = new OperationFaults(faults).Next,
    };
}
