using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Several runs of the reference deployment in one world at one time.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly SandboxServer sandbox;
    private readonly AheadClock azure;

    private Neighbours(SandboxServer sandbox, AheadClock azure)
    {
        (this.sandbox, this.azure) = (sandbox, azure);
        Somebody = new Somebody(sandbox.Endpoints);
    }

    /// <summary>Another client of the same Azure, which is not ours.</summary>
    public Somebody Somebody { get; }

    public IReadOnlyCollection<LoggedRequest> Requests => [.. sandbox.Requests];

    public static async Task<Neighbours> OpenAsync(Stage stage)
    {
        var ahead = new AheadClock();
        var options = new SandboxOptions { StateFolder = stage.World, SubscriptionId = Stage.Reference.Azure.Subscription, TenantId = Stage.Reference.Azure.Tenant, Clock = ahead };
        return new(await SandboxServer.StartAsync(options, CancellationToken.None), ahead);
    }

    public void Fault(string rule) => sandbox.Faults.Add(FaultScript.Parse(rule).OrThrow());

    /// <summary>In Azure this much time has passed.</summary>
    public void Pass(TimeSpan time) => azure.Ahead += time;

    /// <summary>A run that has not begun, and what it tells.</summary>
    /// <param name="pulse">The clock by which it renews its lock.</param>
    public (Run Run, StringWriter Told) Run(TimeProvider? pulse = null, StringWriter? told = null, CancellationToken cancel = default)
    {
        var redactor = new Redactor();
        var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile, Blob = $"{sandbox.Endpoints.Blob}{{name}}" };
        var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) };
        var credential = Credentials.For(signIn, endpoints, redactor, TimeProvider.System);
        var arm = new Arm(
            new Planes.ArmOptions { Endpoints = endpoints, Deployment = Stage.Reference.Name, Tags = Stage.Reference.Azure.Tags, Redactor = redactor, Waits = new WaitOptions { Interval = TimeSpan.FromMilliseconds(20) } },
            credential,
            TimeProvider.System);
        told ??= new StringWriter();
        var deployment = new Deployment
        {
            Manifest = Stage.Reference,
            Where = "a shared world",
            Arm = arm,
            Machine = Machine.Nowhere(default, "only the Azure side is looked at"),
            Dss = Dss.Nowhere(default, "only the Azure side is looked at"),
            Clusters = Clusters.Closed("only the Azure side is looked at"),
            Vault = new Vault(endpoints, credential, redactor),
            Images = new ImageRegistry(endpoints, credential, redactor),
            Leases = new BlobLeases(endpoints, credential, redactor, pulse ?? TimeProvider.System),
            Audience = new Terminal(told, Style.Plain, TimeProvider.System, redactor),
            Papers = new Papers(new RunOptions(), TextWriter.Null, redactor),
            Cancel = cancel,
        };
        return (new Run(deployment, Contents.With(arm, TimeProvider.System)), told);
    }

    public async ValueTask DisposeAsync()
    {
        Somebody.Dispose();
        await sandbox.DisposeAsync();
    }

    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
