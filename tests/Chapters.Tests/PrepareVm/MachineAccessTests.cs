using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Chapters.Tests;

/// <summary>The way into a machine that really boots: its host key is learned through Azure, and then ssh or Run Command leads inside.</summary>
public sealed class MachineAccessTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("access-");
    private readonly Manifest manifest = Sample.Read();
    private SandboxServer sandbox = null!;
    private Arm arm = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.Null(DssPipeline.Sandbox.MachineHost.Problem(folder.FullName));
        sandbox = await SandboxServer.StartAsync(new() { StateFolder = folder.FullName, SubscriptionId = manifest.Azure.Subscription, TenantId = manifest.Azure.Tenant, Machine = MachineMode.Namespaces }, default);
        arm = ArmOf();
        await DeployAsync(manifest);
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_host_key_is_learned_once_kept_through_changes_of_the_machine_and_leads_inside()
    {
        var key = new SshHostKey(arm, manifest);

        var before = await key.ObserveAsync(default);
        await key.ApplyAsync(new(key, Verb.Create, key.Desired, null, []), default);
        arm.LookAnew();
        var learned = await key.ObserveAsync(default);
        await DeployAsync(Sample.Read("", "vm.size=Standard_E16s_v5"));
        arm.LookAnew();
        var after = await key.ObserveAsync(default);
        var inside = await LookInsideAsync(manifest);

        Assert.Null(before);
        Assert.Equal(HostKey, (string?)learned!["key"]);
        Assert.Equal(HostKey, (string?)after!["key"]);
        Assert.Equal("almalinux", (string?)inside!["id"]);
        Assert.Empty(await arm.ListAsync($"{manifest.Names.VirtualMachine.Path}/runCommands", VirtualMachine.ApiVersion, default));
    }

    [Fact]
    public async Task A_machine_that_is_not_known_by_its_key_is_not_spoken_to()
    {
        Assert.Null(await LookInsideAsync(manifest));
    }

    [Fact]
    public async Task Run_Command_leads_inside_without_any_key()
    {
        var inside = await LookInsideAsync(Sample.Read("", "vm.access=runCommand"));

        Assert.Equal("almalinux", (string?)inside!["id"]);
    }

    private string HostKey => string.Join(' ', Endpoint.HostKey.Split(' ').Take(2));

    private MachineEndpoint Endpoint => sandbox.Endpoints.Machines[manifest.Names.VirtualMachine.Name];

    private async Task<JsonNode?> LookInsideAsync(Manifest wished)
    {
        var access = new MachineAccess(arm, new Vault(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => default), new()), wished) { Route = () => new(Endpoint.SshHost, Endpoint.SshPort, Endpoint.IdentityFile) };
        await using var machine = new Machine(new() { Host = wished.Names.Machine, Scripts = [typeof(Manifest).Assembly] }, access.Shell, TimeProvider.System);
        return await machine.LookAsync(new MachineHost(machine, wished), default);
    }

    private async Task DeployAsync(Manifest wished)
    {
        arm.LookAnew();
        var rollout = new Rollout(new Graph([.. Contents.With(arm, TimeProvider.System).All.Select(task => Contents.PartOf(task, wished))]), new RolloutOptions { FirstPause = TimeSpan.FromMilliseconds(20), LookAnew = arm.LookAnew }, TimeProvider.System, new Progress<Happening>());
        rollout.Start(await rollout.PlanAsync(default), default);
        var report = await rollout.FinishAsync();
        Assert.DoesNotContain(report.Outcomes, outcome => !outcome.IsGood);
    }

    private Arm ArmOf()
    {
        var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile };
        var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) };
        var options = new Planes.ArmOptions { Endpoints = endpoints, Deployment = manifest.Name, OwnLock = manifest.Names.DeleteLock.Path, Waits = new WaitOptions { Interval = TimeSpan.FromMilliseconds(50), Listing = TimeSpan.FromMilliseconds(20) } };
        return new Arm(options, Credentials.For(signIn, endpoints, options.Redactor, TimeProvider.System), TimeProvider.System);
    }
}
