using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Planes.Tests;

/// <summary>The plane against the sandbox's Azure with Azure's own durations, on a clock on which waiting costs nothing.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private const string Group = "/subscriptions/" + SandboxIds.Subscription + "/resourceGroups/rg";
    private const string Network = Group + "/providers/Microsoft.Network/virtualNetworks/vnet";
    private const string Zone = Group + "/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net";
    private const string Account = Group + "/providers/Microsoft.Storage/storageAccounts/staccount";
    private const string Identity = Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-one";
    private const string Cluster = Group + "/providers/Microsoft.ContainerService/managedClusters/aks";

    private readonly string folder = Directory.CreateTempSubdirectory("planes-tests-").FullName;
    private readonly SkippingClock clock = new(TimeProvider.System.GetUtcNow());
    private SandboxServer sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, Latency = Latency.Real(), Clock = clock }, default);
        var providers = new Providers(ArmOf(sandbox), clock);
        string[] needed = ["Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.Storage", "Microsoft.KeyVault", "Microsoft.Compute", "Microsoft.ContainerService"];
        await Task.WhenAll(needed.Select(name => providers.RegisterAsync(SandboxIds.Subscription, name, default)));
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Everything_is_made_kept_and_removed_whatever_its_way_of_waiting()
    {
        var arm = ArmOf(sandbox);
        var things = Things(arm);

        foreach (var thing in things) Assert.Equal(Verb.Keep, (await thing.RollAsync()).Verb);
        var second = await Task.WhenAll(things.Select(thing => thing.PlanAsync()));
        foreach (var thing in things.Reverse().Where(thing => thing.Address.Name != "default")) await arm.DeleteAsync(thing.Address.Id, thing.Address.ApiVersion, default);

        Assert.All(second, change => Assert.Equal(Verb.Keep, change.Verb));
        Assert.Null(await arm.GetAsync(Group, "2025-04-01", default));
    }

    [Fact]
    public async Task Looking_at_everything_takes_one_question_for_each_kind_and_scope()
    {
        var arm = ArmOf(sandbox);
        var things = Things(arm);
        var before = sandbox.Requests.Count(request => request.Endpoint == Endpoint.Arm);

        await Task.WhenAll(things.Select(thing => thing.ObserveAsync(default)));

        Assert.Equal(Things(arm).Count - 1, sandbox.Requests.Count(request => request.Endpoint == Endpoint.Arm) - before);
    }

    [Theory]
    [InlineData("429@GET * times=2 retry-after=7")]
    [InlineData("503@PUT * times=2")]
    [InlineData("drop-before@PUT * times=2")]
    [InlineData("drop-after@PUT * times=2")]
    [InlineData("drop-before@GET */operations/* times=2")]
    public async Task Faults_on_the_way_are_outlived(string fault)
    {
        sandbox.Faults.Add(FaultScript.Parse(fault).OrThrow());
        var arm = ArmOf(sandbox);

        foreach (var thing in Things(arm).Take(3)) Assert.Equal(Verb.Keep, (await thing.RollAsync()).Verb);
    }

    [Fact]
    public async Task A_run_cut_while_azure_works_is_taken_up_by_the_next()
    {
        using var cut = new CancellationTokenSource();
        var cluster = Things(ArmOf(sandbox)).Single(thing => thing.Address.Id == Cluster);
        foreach (var thing in Things(ArmOf(sandbox)).TakeWhile(thing => thing.Address.Id != Cluster)) await thing.RollAsync();
        clock.Waiting = () =>
        {
            if (sandbox.Requests.Any(request => request.Path.Contains("/operations/", StringComparison.OrdinalIgnoreCase) && request.Path.Contains("ContainerService", StringComparison.OrdinalIgnoreCase))) cut.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cluster.ApplyAsync(await cluster.PlanAsync(), cut.Token));
        clock.Waiting = () => { };

        var next = Things(ArmOf(sandbox)).Single(thing => thing.Address.Id == Cluster);
        var left = await next.PlanAsync();
        var after = await next.RollAsync();

        Assert.Equal(["/properties/provisioningState"], left.Differences.Select(difference => difference.Path));
        Assert.Equal(Verb.Keep, after.Verb);
        Assert.Single(sandbox.Requests, request => request.Method == "PUT" && request.Path.EndsWith("/managedClusters/aks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_operation_outlives_its_tokens()
    {
        sandbox.Faults.Add(FaultScript.Parse("short-token@POST * lifetime=20s").OrThrow());
        var arm = ArmOf(sandbox);
        var (group, cluster) = (Things(arm)[0], Things(arm).Single(thing => thing.Address.Id == Cluster));
        await group.RollAsync();

        var after = await cluster.RollAsync();

        Assert.Equal(Verb.Keep, after.Verb);
        Assert.True(sandbox.Requests.Count(request => request.Endpoint == Endpoint.Entra) > 5);
        Assert.DoesNotContain(sandbox.Requests, request => request.Status == 401);
    }

    [Fact]
    public async Task A_failed_operation_is_told_and_repaired_by_the_next_run()
    {
        sandbox.Faults.Add(FaultScript.Parse("fail-operation@PUT */virtualNetworks/vnet times=1 code=InternalServerError").OrThrow());
        var arm = ArmOf(sandbox);
        var (group, network) = (Things(arm)[0], Things(arm).Single(thing => thing.Address.Id == Network));
        await group.RollAsync();

        var failure = await Assert.ThrowsAsync<ProblemException>(network.RollAsync);
        var after = await network.RollAsync();

        Assert.Contains("InternalServerError", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Verb.Keep, after.Verb);
    }

    private static IReadOnlyList<Thing> Things(Arm arm) =>
    [
        new(arm, Group, new { location = "westeurope" }, version: "2025-04-01"),
        new(arm, Identity, new { location = "westeurope" }, version: "2024-11-30"),
        new(arm, Network, new { location = "West Europe", properties = new { addressSpace = new { addressPrefixes = new[] { "10.42.0.0/16" } } } }),
        new(arm, $"{Network}/subnets/one", new { properties = new { addressPrefix = "10.42.1.0/24" } }),
        new(arm, $"{Network}/subnets/two", new { properties = new { addressPrefix = "10.42.2.0/24" } }),
        new(arm, Zone, new { location = "global" }, version: "2024-06-01"),
        new(arm, $"{Zone}/virtualNetworkLinks/link", new { location = "global", properties = new { virtualNetwork = new { id = Network }, registrationEnabled = false } }, version: "2024-06-01"),
        new(arm, Account, new { location = "westeurope", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { isHnsEnabled = true, minimumTlsVersion = "TLS1_2" } }, version: "2025-06-01"),
        new(arm, $"{Account}/blobServices/default", new { properties = new { deleteRetentionPolicy = new { enabled = true, days = 7 } } }, version: "2025-06-01"),
        new(arm, $"{Account}/blobServices/default/containers/data", new { properties = new { } }, version: "2025-06-01"),
        new(arm, $"{Group}/providers/Microsoft.KeyVault/vaults/kv-one", new { location = "westeurope", properties = new { tenantId = SandboxIds.Tenant, sku = new { family = "A", name = "standard" }, enableRbacAuthorization = true } }, version: "2026-02-01"),
        new(arm, $"{Group}/providers/Microsoft.Compute/disks/disk", new { location = "westeurope", sku = new { name = "Premium_LRS" }, properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = 64 } }, version: "2025-01-02"),
        new(arm, Cluster, new { location = "westeurope", identity = new { type = "SystemAssigned" }, properties = new { dnsPrefix = "aks", agentPoolProfiles = new[] { new { name = "system", count = 2, vmSize = "Standard_D4s_v5", mode = "System" } } } }, version: "2025-10-01"),
    ];

    private Arm ArmOf(SandboxServer world)
    {
        var options = new ArmOptions
        {
            Deployment = "prod",
            Endpoints = new AzureEndpoints { Arm = world.Endpoints.Arm, Authority = world.Endpoints.Authority, CaFile = world.Endpoints.CaFile },
        };
        var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = world.Endpoints.TenantId, ClientId = world.Endpoints.ClientId, ClientSecret = new Secret(world.Endpoints.ClientSecret) };
        return new(options, Credentials.For(signIn, options.Endpoints, options.Redactor, clock), clock);
    }
}
