using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

public sealed class ExamplesTests
{
    private static readonly ReadOptions Rehearsal = new() { Missing = MissingSources.StandIn, Variables = _ => null, Files = _ => null };

    public static TheoryData<string> Names => ["minimal", "reference", "production"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_reads_without_a_secret(string name)
    {
        var manifest = ManifestReader.Read(PathOf(name), Rehearsal);

        Assert.NotEmpty(manifest.Aks.Clusters);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outside_of_a_rehearsal_missing_secrets_are_named(string name)
    {
        var error = Assert.Throws<ProblemException>(() => ManifestReader.Read(PathOf(name), Rehearsal with { Missing = MissingSources.Refuse }));

        Assert.All(error.Problems, problem => Assert.Equal("Value not to be had", problem.Summary));
        Assert.Contains(error.Problems, problem => problem.Detail.Contains("DSS_SSH_PUBLIC_KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_names_everything_that_holds_data_for_Destroy()
    {
        var manifest = ManifestReader.Read(PathOf("reference"), Rehearsal);

        var holders = manifest.Adls.SelectMany(account => account.Containers.Select(manifest.Names.For(account).Container).Prepend(manifest.Names.For(account).StorageAccount))
            .Concat([manifest.Names.DataDisk, manifest.Names.KeyVault, manifest.Names.Registry, .. manifest.Aks.Clusters.Select(cluster => manifest.Names.For(cluster).Cluster)]);
        Assert.Equal(holders.Select(name => name.Id.ToString()).Order(), manifest.Policy.AllowDestroy.Order());
    }

    [Fact]
    public void Production_names_nothing_for_Destroy()
    {
        var manifest = ManifestReader.Read(PathOf("production"), Rehearsal);

        Assert.Empty(manifest.Policy.AllowDelete);
        Assert.Empty(manifest.Policy.AllowDestroy);
    }

    [Fact]
    public void The_minimal_manifest_is_as_short_as_promised()
    {
        var lines = File.ReadAllLines(PathOf("minimal")).Count(line => line.Length > 0 && !line.StartsWith('#'));

        Assert.InRange(lines, 15, 27);
    }

    internal static string PathOf(string name) => Path.Join(Snapshot.Root, "examples", name + ".yml");
}
