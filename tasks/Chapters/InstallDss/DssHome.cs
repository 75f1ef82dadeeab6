using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Where DSS lives on the machine, computed from the manifest.</summary>
public sealed class DssHome(Manifest manifest)
{
    /// <summary>What the unit of DSS is called that <c>install-boot.sh</c> writes.</summary>
    public const string Unit = "dataiku";

    public string Name => manifest.Name;

    public string Version => manifest.Dss.Version;

    public string Data => manifest.Dss.DataDirectory;

    /// <summary>What the account of DSS needs to own: what the data directory lies in, so that the installer can put a failed one aside. The mount itself stays root's.</summary>
    public string Parent => FolderOf(Data) == manifest.Vm.DataDisk.MountPath ? Data : FolderOf(Data);

    public string Kits => manifest.Dss.InstallDirectory;

    public string Kit => $"{Kits}/dataiku-dss-{Version}";

    public string Archives => $"{manifest.Vm.DataDisk.MountPath}/dss-archives";

    public string Backups => manifest.Dss.Upgrade.BackupDirectory ?? $"{manifest.Vm.DataDisk.MountPath}/dss-backups";

    public string Account => manifest.Vm.DssUser.Name;

    /// <summary>Only root reads what is in it.</summary>
    public const string Marks = "/var/lib/dss-pipeline";

    public const string Certificate = "/etc/dataiku-tls/dss.pem";

    public const string CertificateKey = "/etc/dataiku-tls/dss.key";

    /// <summary>Whether this kind of node runs jobs, and so has Hadoop, Spark, R and the export of graphics.</summary>
    public bool RunsJobs => manifest.Dss.NodeType is "design" or "automation";

    /// <summary>Whether the first key can be made without a browser.</summary>
    public bool HasKey => manifest.Dss.NodeType is not "govern";

    /// <summary>Whether it has users, a licence and an API of its own.</summary>
    public bool HasUsers => manifest.Dss.NodeType is "design" or "automation" or "deployer";

    public bool HasPython => manifest.Dss.NodeType is not "govern";

    public ResourceId Mount => new("machine", "mount", manifest.Vm.DataDisk.MountPath.TrimStart('/'));

    public ResourceId User => new("machine", "account", Account);

    /// <summary>A set of packages that PrepareVm puts in place.</summary>
    public static ResourceId Packages(string set) => new("machine", "packages", set);

    /// <summary>What every script of DSS is given.</summary>
    public JobValues Values() => new()
    {
        { "data", Data },
        { "kits", Kits },
        { "kit", Kit },
        { "version", Version },
        { "user", Account },
        { "unit", Unit },
        { "java", manifest.Dss.Java },
        { "python", HasPython ? manifest.Dss.Python : null },
        { "nodeType", manifest.Dss.NodeType },
        { "port", manifest.Dss.Port },
        { "scheme", manifest.Dss.Https.Mode is HttpsMode.Native ? "https" : "http" },
        { "hadoop", RunsJobs ? "wished" : null },
        { "spark", RunsJobs ? "wished" : null },
        { "r", RunsJobs && manifest.Dss.R ? "wished" : null },
        { "graphics", RunsJobs && manifest.Dss.GraphicsExport ? "wished" : null },
        { "proxy", manifest.Vm.Proxy?.Https ?? manifest.Vm.Proxy?.Http },
        { "noProxy", manifest.Vm.Proxy is { } proxy ? string.Join(',', proxy.Except) : null },
    };

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')] is { Length: > 0 } folder ? folder : "/";
}
