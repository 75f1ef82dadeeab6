using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>The DSS instance: what is installed, where, and how it is set up before anything is built on it.</summary>
public sealed record DssSection
{
    [Key("Version of DSS. A higher one upgrades in place; a lower one is refused, as DSS cannot go back.", Effect.Restart, Form = Form.DssVersion)]
    public required string Version { get; init; }

    [Key("Kind of node.", Effect.Refused)]
    [OneOf("design", "automation", "deployer", "govern", "api")]
    public string NodeType { get; init; } = "design";

    [Key("Base port; DSS takes up to ten from it, users see only the first.", Effect.Restart, Min = 1024, Max = 65525)]
    public int Port { get; init; } = 11000;

    [Key("Data directory: below the data disk's mount, never the mount itself.", Effect.Refused, Form = Form.AbsolutePath)]
    public string DataDirectory { get; init; } = "/data/dataiku/dss_data";

    [Key("Directory that the kits are unpacked into, one beside the other.", Effect.Restart, Form = Form.AbsolutePath)]
    public string InstallDirectory { get; init; } = "/data/dataiku/kits";

    [Key("The archives of DSS.")]
    public ArchivesSection Archives { get; init; } = new();

    [Key("Spark of the standalone archive; the name of the archive holds it.", Effect.Restart, Form = Form.SparkVersion, Default = "the one published for the version")]
    public string? SparkVersion { get; init; }

    [Key("Java of DSS. DSS 14 runs on 17 only.", Effect.Restart)]
    [OneOf("17", "11")]
    public string Java { get; init; } = "17";

    [Key("Python of the builtin environment. The Python of AlmaLinux 8 is too old for it.", Effect.Restart)]
    [OneOf("python3.9", "python3.10", "python3.11")]
    public string Python { get; init; } = "python3.9";

    [Key("Content of the licence file (JSON). Without it DSS is the Free Edition, whose API is closed, so most later chapters cannot work.", Effect.Restart)]
    public SecretValue? License { get; init; }

    [Key("Password of the user admin.", Default = "a random one, kept in the vault as dss-admin-password")]
    public SecretValue? AdminPassword { get; init; }

    [Key("Name of the secret in the deployment's vault that holds the key this deployment administers DSS with.", Form = Form.SecretName)]
    public string ApiKeySecret { get; init; } = "dss-admin-api-key";

    [Key("How the run reaches the API of DSS.", Effect.RunOnly)]
    public DssApiSection Api { get; init; } = new();

    [Key("User profile of admin, one that the licence offers.", Default = "left as it is")]
    public string? AdminProfile { get; init; }

    [Key("What an upgrade of DSS keeps.", Effect.RunOnly)]
    public UpgradeSection Upgrade { get; init; } = new();

    [Key("Serve https.", Effect.Restart)]
    public HttpsSection Https { get; init; } = new();

    [Key("Memory of the Java processes.", Effect.Restart)]
    public MemorySection Memory { get; init; } = new();

    [Key("Install the R integration.", Effect.Restart)]
    public bool R { get; init; }

    [Key("Install the export of graphics (dashboards and flows as files).", Effect.Restart)]
    public bool GraphicsExport { get; init; }

    [Key("Lines of install.ini, as `section.key: value`.", Effect.Restart)]
    public IReadOnlyDictionary<string, string> InstallIni { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Lines of config/dip.properties.", Effect.Restart)]
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Environment of all processes of DSS (bin/env-site.sh).", Effect.Restart)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Groups of users.")]
    public IReadOnlyList<DssGroupSection> Groups { get; init; } = [];

    [Key("Users beside admin.")]
    public IReadOnlyList<DssUserAccountSection> Users { get; init; } = [];

    [Key("Members laid over the general settings of DSS, for what no other key says.")]
    public JsonObject Settings { get; init; } = [];
}

/// <summary>Memory of the Java processes of DSS.</summary>
public sealed record MemorySection
{
    [Key("Backend.", Effect.Restart, Form = Form.Memory, Default = "chosen by the installer")]
    public string? Backend { get; init; }

    [Key("Each job (JEK).", Effect.Restart, Form = Form.Memory, Default = "2g")]
    public string? Job { get; init; }

    [Key("Each short task of the interface (FEK).", Effect.Restart, Form = Form.Memory, Default = "2g")]
    public string? Task { get; init; }
}
