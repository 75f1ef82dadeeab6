using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using DssPipeline.Tests;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Chapters.Tests;

/// <summary>An Azure of the sandbox with the account of the manifest, and a DSS that reaches it.</summary>
internal sealed class AzureStage : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("azure-");

    private AzureStage()
    {
    }

    public SandboxServer Azure { get; private set; } = null!;

    public DssStage Dss { get; private set; } = null!;

    public Arm Arm { get; private set; } = null!;

    public static async Task<AzureStage> StartAsync(Manifest manifest, string habits = "")
    {
        var stage = new AzureStage();
        stage.Azure = await SandboxServer.StartAsync(new() { StateFolder = stage.folder.FullName, SubscriptionId = manifest.Azure.Subscription, TenantId = manifest.Azure.Tenant, Machine = MachineMode.None }, CancellationToken.None);
        stage.Arm = stage.ArmOf(manifest);
        stage.Dss = DssStage.Over(await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = "14.2.0", Habits = habits, Azure = stage.Azure.Endpoints }));
        var failures = await stage.Dss.MakeAsync(stage.Below(manifest));
        Assert.True(failures is "", failures);
        return stage;
    }

    /// <summary>The connections of the manifest, as a run of its own sees them.</summary>
    public IReadOnlyList<Resource> Connections(Manifest manifest, int requests = int.MaxValue) => Connections(manifest, Dss.Client(requests));

    /// <summary>The same in another DSS.</summary>
    public IReadOnlyList<Resource> Connections(Manifest manifest, Dss dss)
    {
        Arm.LookAnew();
        return [.. manifest.Adls.SelectMany(account => account.Connections.Select(connection => new AdlsConnection(Arm, dss, DssStage.Vault, manifest, account, connection)))];
    }

    /// <summary>The first key of the account.</summary>
    public async Task<string> KeyAsync(Manifest manifest) =>
        $"{Pointer.At(await Arm.PostAsync($"{manifest.Names.For(manifest.Adls[0]).StorageAccount.Path}/listKeys", StorageAccount.ApiVersion, null, CancellationToken.None), "/keys/0/value")}";

    /// <summary>Makes the first key of the account anew, as somebody else would.</summary>
    public Task RotateAsync(Manifest manifest) =>
        Arm.PostAsync($"{manifest.Names.For(manifest.Adls[0]).StorageAccount.Path}/regenerateKey", StorageAccount.ApiVersion, Json.Of(new { keyName = "key1" }), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Dss.DisposeAsync();
        await Azure.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>The account, its containers and its roles, as the chapter itself makes them.</summary>
    private IEnumerable<Resource> Below(Manifest manifest) =>
        new CreateResourceGroupTask(Arm).Declare(manifest)
            .Concat(new CreateAdlsTask(Arm, Planes.Dss.Nowhere(DssStage.Host, "not asked here"), DssStage.Vault).Declare(manifest));

    private Arm ArmOf(Manifest manifest)
    {
        var (ends, redactor) = (Azure.Endpoints, new Redactor());
        var endpoints = new AzureEndpoints { Arm = ends.Arm, Authority = ends.Authority, Imds = ends.Imds, CaFile = ends.CaFile, Vault = $"{ends.KeyVault}{{name}}", Blob = $"{ends.Blob}{{name}}" };
        var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = ends.TenantId, ClientId = ends.ClientId, ClientSecret = new Secret(ends.ClientSecret) };
        return new(
            new ArmOptions { Endpoints = endpoints, Redactor = redactor, Deployment = manifest.Name, Waits = new() { Interval = TimeSpan.FromMilliseconds(50), Listing = TimeSpan.FromMilliseconds(50) } },
            Credentials.For(signIn, endpoints, redactor, TimeProvider.System),
            TimeProvider.System);
    }
}
