using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What DSS is installed from: archives, the unpacked kit, packages. All of it can come while DSS runs.</summary>
internal sealed class DssSources
{
    public DssSources(Machine machine, DssHome home, Manifest manifest)
    {
        var (archives, told) = (new DssArchives(manifest.Dss), manifest.Dss.Archives);
        var folder = new Folder(machine, home.Archives) { StandsOn = [home.Mount] };
        var kits = new Folder(machine, home.Kits) { Owner = home.Account, Group = home.Account, StandsOn = [home.Mount, home.User] };

        var kit = From(archives.Kit, told.Kit, $"{home.Kit}/dss-version.json");
        Hadoop = home.RunsJobs ? From(archives.Hadoop, told.Hadoop, null) : null;
        Spark = home.RunsJobs ? From(archives.Spark, told.Spark, null) : null;
        (HadoopPath, SparkPath) = ($"{home.Archives}/{archives.Hadoop}", $"{home.Archives}/{archives.Spark}");
        Kit = new DssKit(machine, home, $"{home.Archives}/{archives.Kit}") { StandsOn = [kits.Id, kit.Id] };
        Deps = new DssDeps(machine, home, manifest) { StandsOn = [Kit.Id, .. PackagesOf(manifest)] };
        All = [folder, kits, kit, .. new[] { Hadoop, Spark }.OfType<Archive>(), Kit, Deps];

        Archive From(string file, ArchiveSection archive, string? unless) => new(machine, $"{home.Archives}/{file}", archives.UrlOf(file, archive))
        {
            Sha256 = archive.Sha256,
            Proxy = manifest.Vm.Proxy?.Https ?? manifest.Vm.Proxy?.Http,
            Unless = unless,
            // The account of DSS hands them to dssadmin; nobody but root changes them.
            StandsOn = [folder.Id],
        };
    }

    public IReadOnlyList<Resource> All { get; }

    public DssKit Kit { get; }

    public DssDeps Deps { get; }

    public Archive? Hadoop { get; }

    public Archive? Spark { get; }

    public string HadoopPath { get; }

    public string SparkPath { get; }

    /// <summary>Everything that must be at hand before DSS is stopped for a change.</summary>
    public IReadOnlyList<ResourceId> AtHand => [Kit.Id, Deps.Id, .. new[] { Hadoop, Spark }.OfType<Archive>().Select(archive => archive.Id)];

    /// <summary>Java and Python are among the packages of the machine. What these lack for this kit, its own script installs.</summary>
    private static IEnumerable<ResourceId> PackagesOf(Manifest manifest)
    {
        yield return DssHome.Packages("system");
        if (manifest.Dss.R) yield return DssHome.Packages("r");
        if (manifest.Dss.GraphicsExport) yield return DssHome.Packages("graphics");
    }
}
