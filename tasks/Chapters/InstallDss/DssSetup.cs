using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What is done to the installation while DSS is at rest, in the order in which Dataiku asks for it.</summary>
internal sealed class DssSetup(Machine machine, DssHome home, Manifest manifest, DssSecrets secrets)
{
    public required DssSources Sources { get; init; }

    public IReadOnlyList<Resource> All => [Parent, Rest, .. Backup, Instance, .. License, .. Configuration, .. Integrations, .. Tls, Config, Boot, Limits];

    /// <summary>Files that DSS reads when it starts.</summary>
    public IReadOnlyList<string> Reads =>
    [
        $"{home.Data}/install.ini",
        $"{home.Data}/config/dip.properties",
        $"{home.Data}/bin/env-site.sh",
        LimitsPath,
        .. License.Any() ? [$"{home.Data}/config/license.json"] : Array.Empty<string>(),
        .. manifest.Dss.Https.Mode is HttpsMode.Native ? [DssHome.Certificate, DssHome.CertificateKey] : Array.Empty<string>(),
    ];

    public IReadOnlyList<ResourceId> CertificateIds => [.. Tls.Select(file => file.Id)];

    private static string LimitsPath => $"/etc/systemd/system/{DssHome.Unit}.service.d/limits.conf";

    private Folder Parent => new(machine, home.Parent) { Owner = home.Account, Group = home.Account, StandsOn = [home.Mount, home.User] };

    private DssRest Rest => new(machine, home) { StandsOn = Sources.AtHand };

    private IEnumerable<DssBackup> Backup => manifest.Dss.Upgrade.Backup is UpgradeBackup.None ? [] : [new DssBackup(machine, home, manifest.Dss.Upgrade.Backup) { StandsOn = [Rest.Id] }];

    /// <summary>What brings DSS to the wished version.</summary>
    public DssInstance Instance => new(machine, home, manifest, secrets) { StandsOn = [Parent.Id, Sources.Kit.Id, Sources.Deps.Id, Rest.Id, .. Backup.Select(backup => backup.Id)] };

    private IEnumerable<DssSecretFile> License => manifest.Dss.License is not { } license ? [] :
    [
        new DssSecretFile(machine, home, secrets, $"{home.Data}/config/license.json")
        {
            Content = license,
            Key = "dss.license",
            Owner = home.Account,
            Group = home.Account,
            Notice = "DSS restarts with the new licence: it is away for about 2 minutes.",
            StandsOn = [Instance.Id],
        },
    ];

    private IReadOnlyList<Settings> Configuration => new DssConfiguration(machine, home, manifest) { StandsOn = [Instance.Id] }.All;

    private IReadOnlyList<DssIntegration> Integrations
    {
        get
        {
            if (!home.RunsJobs) return [];

            var hadoop = new DssIntegration(machine, home, "dssHadoop") { Archive = Sources.HadoopPath, StandsOn = [Instance.Id, Sources.Hadoop!.Id, Rest.Id] };
            var spark = new DssIntegration(machine, home, "dssSpark") { Archive = Sources.SparkPath, StandsOn = [Instance.Id, hadoop.Id, Sources.Spark!.Id, Rest.Id] };
            IReadOnlyList<DssIntegration> all = [hadoop, spark];
            if (manifest.Dss.R) all = [.. all, new DssIntegration(machine, home, "dssR") { StandsOn = [Instance.Id, all[^1].Id, Rest.Id] }];
            if (manifest.Dss.GraphicsExport) all = [.. all, new DssIntegration(machine, home, "dssGraphics") { StandsOn = [Instance.Id, all[^1].Id, Rest.Id] }];
            return all;
        }
    }

    private IEnumerable<DssSecretFile> Tls => manifest.Dss.Https is not { Mode: not HttpsMode.None, Certificate: { } certificate, Key: { } key } ? [] :
    [
        Pem(DssHome.Certificate, certificate, "dss.https.certificate", "certificate"),
        Pem(DssHome.CertificateKey, key, "dss.https.key", "key"),
    ];

    private DssConfig Config => new(machine, home) { StandsOn = [Instance.Id, Rest.Id, .. Configuration.Select(file => file.Id), .. Tls.Select(file => file.Id), .. Integrations.Select(one => one.Id)] };

    private DssBoot Boot => new(machine, home) { StandsOn = [Instance.Id] };

    private MachineFile Limits => new(machine, LimitsPath, $"[Service]\nLimitNOFILE={manifest.Vm.DssUser.OpenFiles}\nLimitNPROC={manifest.Vm.DssUser.Processes}\n") { Notice = DssService.Away };

    private DssSecretFile Pem(string path, SecretValue content, string key, string check) => new(machine, home, secrets, path)
    {
        Content = content,
        Key = key,
        // DSS reads them as its own account; nginx before it reads them as root.
        Group = manifest.Dss.Https.Mode is HttpsMode.Native ? home.Account : "root",
        Mode = "0640",
        Check = check,
        Notice = manifest.Dss.Https.Mode is HttpsMode.Native ? "DSS restarts with the new certificate: it is away for about 2 minutes." : "nginx restarts with the new certificate: people reconnect within seconds.",
        StandsOn = [home.User],
    };
}
