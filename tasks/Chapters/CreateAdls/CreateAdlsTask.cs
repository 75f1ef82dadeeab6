using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The ADLS gen2 accounts, their containers, who may use them, and the DSS connections to them.</summary>
[TaskName("CreateAdls"), TaskDescription("ADLS gen2 accounts, their containers, who may use them, and the DSS connections to them")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask)), IsDependentOn(typeof(InstallDssTask))]
public sealed class CreateAdlsTask(Arm arm, Dss dss, Vault vault) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"the DSS connections are not looked at: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest) => manifest.Adls.SelectMany(account => Declare(manifest, account));

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) =>
    [
        .. manifest.Adls.Select(account => new ContainerLeftovers(arm, manifest, account)),
        .. dss.Missing is null ? [new DssLeftovers(manifest, "connection", name => new UnwantedConnection(dss, manifest, name))] : Array.Empty<LeftoverSearch>(),
    ];

    private IEnumerable<Resource> Declare(Manifest manifest, AdlsSection account)
    {
        var names = manifest.Names.For(account);

        yield return new StorageAccount(arm, manifest, account);
        yield return new BlobService(arm, manifest, account);
        yield return new LifecyclePolicy(arm, manifest, account);
        foreach (var container in account.Containers) yield return new BlobContainer(arm, names, container);
        foreach (var grant in account.Grants) yield return Grant(manifest, names, grant);
        foreach (var endpoint in PrivateAccess.To(arm, manifest, names.StorageAccount, "blob", "dfs")) yield return endpoint;
        foreach (var part in RunLock(manifest, account)) yield return part;
        if (dss.Missing is null) foreach (var connection in account.Connections) yield return Connection(manifest, account, connection);
    }

    /// <summary>A connection works once its account, the containers and the roles are there.</summary>
    private AdlsConnection Connection(Manifest manifest, AdlsSection account, AdlsConnectionSection connection)
    {
        var names = manifest.Names.For(account);
        return new(arm, dss, vault, manifest, account, connection)
        {
            StandsOn =
            [
                names.StorageAccount.Id,
                .. account.Containers.Select(container => names.Container(container).Id),
                .. account.Grants.Select(grant => Grant(manifest, names, grant).Id),
                .. DssGroup.Of(manifest, connection.AllowedGroups.Concat(connection.DetailsGroups)),
            ],
        };
    }

    private RoleAssignment Grant(Manifest manifest, AdlsNames names, GrantSection grant)
    {
        var scope = grant.Container is { } container ? names.Container(container) : names.StorageAccount;
        var principal = new Principals(manifest).Named(grant.To, grant.PrincipalType);
        return new(arm, manifest, new Grant(principal, $"Storage Blob Data {grant.Role}", scope));
    }

    /// <summary>Where the lock of the runs is kept, and whoever runs the pipeline may take it.</summary>
    private IEnumerable<Resource> RunLock(Manifest manifest, AdlsSection account)
    {
        var runLock = manifest.Policy.RunLock;
        if (!runLock.Enabled || (runLock.Account ?? manifest.Adls[0].Account) != account.Account) yield break;

        var names = manifest.Names.For(account);
        var container = names.Container(runLock.Container);
        if (!account.Containers.Contains(runLock.Container, StringComparer.Ordinal)) yield return new RunLockContainer(arm, names, runLock.Container);
        if (manifest.Identity.DeployerObjectId is { } deployer) yield return new RoleAssignment(arm, manifest, new Grant(Principal.Of(deployer, null), "Storage Blob Data Contributor", container));
    }
}
