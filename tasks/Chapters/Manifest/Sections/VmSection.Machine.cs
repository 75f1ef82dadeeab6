namespace DssPipeline.Chapters;

/// <summary>The machine DSS runs on: what is set up inside it.</summary>
public sealed partial record VmSection
{
    [Key("The non-root account DSS runs as.")]
    public DssUserSection DssUser { get; init; } = new();

    [Key("Docker CE, which builds and pushes the images of DSS.")]
    public DockerSection Docker { get; init; } = new();

    [Key("kubectl, which the AKS plugin of DSS calls.")]
    public KubectlSection Kubectl { get; init; } = new();

    [Key("The Azure command line, which the push hook for ACR calls.")]
    public AzureCliSection AzureCli { get; init; } = new();

    [Key("Further packages to install with dnf.", Form = Form.PackageName)]
    public IReadOnlyList<string> Packages { get; init; } = [];

    [Key("Updates of the operating system that a run installs.", Effect.Restart)]
    public SystemUpdates Updates { get; init; } = SystemUpdates.Security;

    [Key("SELinux mode. DSS is not supported while policy keeps its nginx from its files, hence permissive.", Effect.Restart)]
    [OneOf("permissive", "enforcing", "disabled")]
    public string Selinux { get; init; } = "permissive";

    [Key("Keep firewalld running with the ports of DSS open; the security group guards the machine either way.")]
    public bool Firewall { get; init; }

    [Key("Time zone of the machine.", Effect.Restart, Form = Form.TimeZone)]
    public string TimeZone { get; init; } = "UTC";

    [Key("Proxy through which the machine reaches the internet.", Effect.Restart)]
    public ProxySection? Proxy { get; init; }

    [Key("Package repositories to use instead of the public ones.")]
    public MirrorsSection Mirrors { get; init; } = new();
}

/// <summary>The account DSS runs as.</summary>
public sealed record DssUserSection
{
    [Key("Name of the account.", Effect.Refused, Form = Form.LinuxUser)]
    public string Name { get; init; } = "dssuser";

    [Key("Numeric id of the account.", Effect.Refused, Min = 1000, Max = 60000, Default = "the next free one")]
    public int? Uid { get; init; }

    [Key("Open files the account may have.", Effect.Restart, Min = 65536, Max = 1048576)]
    public int OpenFiles { get; init; } = 65536;

    [Key("Processes the account may have.", Effect.Restart, Min = 65536, Max = 1048576)]
    public int Processes { get; init; } = 65536;
}

/// <summary>Docker CE on the machine.</summary>
public sealed record DockerSection
{
    [Key("Version to install and to hold: updates pass it by.", Effect.Restart, Form = Form.PackageVersion, Default = "the newest of the repository")]
    public string? Version { get; init; }

    [Key("Where images are kept. Each image of DSS takes 4 to 5 GB, hence the data disk. Images do not move along when it changes.", Effect.Restart, Form = Form.AbsolutePath)]
    public string DataRoot { get; init; } = "/data/docker";

    [Key("Log file of one container grows to this size, three are kept.", Effect.Restart, Unit = "MB", Min = 1, Max = 10000)]
    public int LogSizeMB { get; init; } = 100;

    [Key("Address range of Docker's own bridge, where the default collides with your network.", Effect.Restart, Form = Form.Cidr, Default = "172.17.0.0/16, Docker's own")]
    public string? BridgeCidr { get; init; }
}

/// <summary>kubectl on the machine.</summary>
public sealed record KubectlSection
{
    [Key("Version, as minor (`1.33`) or patch (`1.33.4`). It may be one minor away from each cluster, either way.", Form = Form.KubernetesVersion, Default = "the minor of the newest cluster, or 1.33")]
    public string? Version { get; init; }
}

/// <summary>The Azure command line on the machine.</summary>
public sealed record AzureCliSection
{
    [Key("Install it.")]
    public bool Install { get; init; } = true;

    [Key("Version to install and to hold: updates pass it by.", Form = Form.PackageVersion, Default = "the newest of the repository")]
    public string? Version { get; init; }
}

/// <summary>A proxy on the way to the internet.</summary>
public sealed record ProxySection
{
    [Key("Proxy for http.", Effect.Restart, Form = Form.Url)]
    public string? Http { get; init; }

    [Key("Proxy for https.", Effect.Restart, Form = Form.Url)]
    public string? Https { get; init; }

    [Key("Hosts and ranges that are reached without it. The address of Azure's metadata service is always one.", Effect.Restart, Form = Form.ProxyException)]
    public IReadOnlyList<string> Except { get; init; } = [];
}

/// <summary>Package repositories to use instead of the public ones.</summary>
public sealed record MirrorsSection
{
    [Key("Docker CE, in place of https://download.docker.com/linux/rhel; `8/x86_64/stable` and the key `gpg` are below it.", Form = Form.Url)]
    public string? Docker { get; init; }

    [Key("Kubernetes, in place of https://pkgs.k8s.io/core:/stable:; `v1.NN/rpm` is below it.", Form = Form.Url)]
    public string? Kubernetes { get; init; }

    [Key("The Azure command line, in place of https://packages.microsoft.com; `rhel/8/prod` and `keys/microsoft.asc` are below it.", Form = Form.Url)]
    public string? AzureCli { get; init; }

    [Key("EPEL, in place of https://dl.fedoraproject.org/pub/epel; `8/Everything/x86_64` and `RPM-GPG-KEY-EPEL-8` are below it. R needs it; it is also added when this is set.", Form = Form.Url)]
    public string? Epel { get; init; }
}

/// <summary>Which updates a run installs.</summary>
public enum SystemUpdates
{
    None,
    Security,
    All,
}
