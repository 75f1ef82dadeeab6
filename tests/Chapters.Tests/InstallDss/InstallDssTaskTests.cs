using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What InstallDss declares, and what it refuses.</summary>
public sealed class InstallDssTaskTests
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("production")]
    [InlineData("minimal", "with-all", "dss.r=true", "dss.graphicsExport=true", "dss.https.mode=native", "dss.https.certificate=${env:CERTIFICATE}", "dss.https.key=${env:KEY}", "dss.memory.backend=8g", "dss.installIni={logs.logfiles_backups: \"5\"}", "dss.properties={dku.feature.portRangeLimitation.enabled: \"true\"}", "dss.environment={DKU_BACKEND_EXT_HOST: 10.0.0.4}", "dss.adminProfile=DESIGNER", "dss.upgrade.backup=config")]
    [InlineData("minimal", "govern", "dss.nodeType=govern")]
    [InlineData("minimal", "api", "dss.nodeType=api")]
    public async Task What_is_declared_reads_as_verified(string example, string? variant = null, params string[] sets)
    {
        var manifest = Examples.Read(example, sets);
        await using var machine = MachineOf(manifest);

        var told = string.Join('\n', new InstallDssTask(machine, SilentDss.Of(manifest), NoVault).Declare(manifest).Select(Written));

        Snapshot.Matches(told, Path.Combine(Snapshot.Folder(), $"InstallDssTaskTests.{variant ?? example}.verified.txt"));
    }

    [Fact]
    public async Task A_machine_that_nobody_can_work_in_is_said_and_nothing_is_declared()
    {
        var manifest = Examples.Read("minimal");
        await using var nowhere = Machine.Nowhere(manifest.Names.Machine, "there is no way in");
        var task = new InstallDssTask(nowhere, SilentDss.Of(manifest), NoVault);

        Assert.Equal("DSS is not installed: there is no way in", task.NotYet);
        Assert.Empty(task.Declare(manifest));
    }

    [Theory]
    [InlineData("14.3.1", "design", "DSS cannot go back")]
    [InlineData("14.2.0", "automation", "DSS is another kind of node")]
    public async Task What_cannot_be_is_refused_before_anything_is_touched(string version, string nodeType, string summary)
    {
        var change = await ChangeAsync(version, nodeType);

        Assert.Equal(Verb.Refuse, change.Verb);
        Assert.Equal(summary, change.Problem!.Summary);
    }

    [Fact]
    public async Task An_upgrade_is_announced_with_what_people_notice()
    {
        var change = await ChangeAsync("13.5.5", "design");

        Assert.Equal(Verb.Update, change.Verb);
        Assert.Contains("DSS is away for about 10 minutes", change.Resource.Interruption(change.Differences), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12.1.0", "3.3.1")]
    [InlineData("13.5.5", "3.5.3")]
    [InlineData("14.9.0", null)]
    public void The_Spark_of_a_version_is_known_or_asked_for(string version, string? spark) =>
        Assert.Equal(spark, new DssArchives(new DssSection { Version = version }).SparkVersion);

    private static async Task<Change> ChangeAsync(string version, string nodeType)
    {
        var manifest = Examples.Read("minimal");
        await using var machine = MachineOf(manifest);
        var instance = new InstallDssTask(machine, SilentDss.Of(manifest), NoVault).Declare(manifest).OfType<DssInstance>().Single();
        var seen = instance.Desired.DeepClone().AsObject();
        (seen["version"], seen["nodeType"]) = (JsonValue.Create(version), JsonValue.Create(nodeType));
        return Change.Between(instance, instance.Desired, seen, Permissions.None);
    }

    private static Machine MachineOf(Manifest manifest) => new(new() { Host = manifest.Names.Machine }, new ProcessShell("false", []), TimeProvider.System);

    private static Vault NoVault => new(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("There is no vault here.")), new());

    private static string Written(Resource resource) =>
        $"{resource.Id}\n  wish {resource.Desired?.ToJsonString()}{(resource.After is [] ? "" : $"\n  after {string.Join(", ", resource.After)}")}";
}
