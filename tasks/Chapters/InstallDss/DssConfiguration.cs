using System.Globalization;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The keys of the files of DSS that the manifest states; everything else in them stays as it is.</summary>
internal sealed class DssConfiguration(Machine machine, DssHome home, Manifest manifest)
{
    public required IReadOnlyList<ResourceId> StandsOn { get; init; }

    public IReadOnlyList<Settings> All =>
    [
        File("install.ini", SettingsFormat.Ini, InstallIni),
        .. manifest.Dss.Properties.Count > 0 ? [File("config/dip.properties", SettingsFormat.Properties, manifest.Dss.Properties)] : Array.Empty<Settings>(),
        // Also without any: the last variable that is taken out of the manifest goes too.
        File("bin/env-site.sh", SettingsFormat.Env, manifest.Dss.Environment),
    ];

    /// <summary>What other keys of the manifest say, and over it what <c>dss.installIni</c> says.</summary>
    public IReadOnlyDictionary<string, string> InstallIni
    {
        get
        {
            var keys = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["server.port"] = manifest.Dss.Port.ToString(CultureInfo.InvariantCulture) };
            if (manifest.Dss.Memory.Backend is { } backend) keys["javaopts.backend.xmx"] = backend;
            if (manifest.Dss.Memory.Job is { } job) keys["javaopts.jek.xmx"] = job;
            if (manifest.Dss.Memory.Task is { } task) keys["javaopts.fek.xmx"] = task;
            // Said also where it is off: else a DSS that once served https would go on, and be asked in vain over http.
            keys["server.ssl"] = manifest.Dss.Https.Mode is HttpsMode.Native ? "true" : "false";
            if (manifest.Dss.Https.Mode is HttpsMode.Native)
            {
                keys["server.ssl_certificate"] = DssHome.Certificate;
                keys["server.ssl_certificate_key"] = DssHome.CertificateKey;
                keys["server.ssl_ciphers"] = "recommended";
            }

            foreach (var (key, value) in manifest.Dss.InstallIni) keys[key] = value;
            return keys;
        }
    }

    private Settings File(string path, SettingsFormat format, IReadOnlyDictionary<string, string> values) => new(machine, $"{home.Data}/{path}", format, values)
    {
        Birth = SettingsBirth.Made,
        Owner = home.Account,
        Group = home.Account,
        Mode = "0600",
        Notice = DssService.Away,
        StandsOn = StandsOn,
    };
}
