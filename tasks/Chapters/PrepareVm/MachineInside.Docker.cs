using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Docker CE, which builds and pushes the images of DSS.</summary>
internal sealed partial class MachineInside
{
    private const string DockerSettings = "/etc/docker/daemon.json";
    private const string DockerDropIns = $"/etc/systemd/system/{Names.DockerUnit}.d";
    private const string DockerAway = "Docker starts again: containers on the machine stop, and images that are being built or pushed fail. Nodes of clusters are not touched.";

    // A machine reaches its own metadata service, and itself, by no proxy.
    private static readonly string[] NeverProxied = ["localhost", "127.0.0.1", "169.254.169.254"];

    private IEnumerable<Resource> Docker
    {
        get
        {
            var settings = new MachineFile(machine, DockerSettings, DaemonSettings) { Notice = DockerAway };
            var start = new MachineFile(machine, $"{DockerDropIns}/dss-pipeline.conf", DropIn) { Notice = DockerAway };
            var service = new Service(machine, Names.DockerUnit)
            {
                Reads = [DockerSettings, DockerDropIns, $"{DockerDropIns}/dss-pipeline.conf"],
                Notice = DockerAway,
                StandsOn = [DockerPackages.Id, DataMount.Id, settings.Id, start.Id],
            };
            return [DockerRepository, DockerPackages, settings, start, service];
        }
    }

    private Packages DockerPackages => new(
        machine,
        "docker",
        Stated("docker-ce", vm.Docker.Version),
        Stated("docker-ce-cli", vm.Docker.Version),
        new Package("containerd.io"),
        new Package("docker-buildx-plugin"),
        new Package("docker-compose-plugin"))
    {
        Notice = DockerAway,
        StandsOn = [Base.Id, .. OnTheWay, Unwanted.Id, DockerRepository.Id],
    };

    private string DaemonSettings
    {
        get
        {
            var settings = new JsonObject
            {
                ["data-root"] = vm.Docker.DataRoot,
                // A new Docker 29 keeps images with containerd in /var/lib/containerd, on the disk of the system, whatever data-root says.
                ["features"] = new JsonObject { ["containerd-snapshotter"] = false },
                ["log-driver"] = "json-file",
                ["log-opts"] = new JsonObject { ["max-size"] = $"{vm.Docker.LogSizeMB}m", ["max-file"] = "3" },
            };
            if (vm.Docker.BridgeCidr is { } range && Cidr.TryParse(range, out var bridge)) settings["bip"] = new Cidr(bridge.First + 1, bridge.Bits).ToString();
            return settings.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General) { WriteIndented = true }) + "\n";
        }
    }

    // Without the mount Docker would begin anew, without a single image, in the folder underneath.
    private string DropIn => string.Join('\n', ["[Unit]", $"RequiresMountsFor={vm.Docker.DataRoot}", .. vm.Proxy is { } proxy ? ["", "[Service]", .. Environment(proxy)] : Array.Empty<string>(), ""]);

    private static IEnumerable<string> Environment(ProxySection proxy)
    {
        (string Name, string? Value)[] all = [("HTTP_PROXY", proxy.Http), ("HTTPS_PROXY", proxy.Https), ("NO_PROXY", string.Join(',', NeverProxied.Concat(proxy.Except)))];
        return all.Where(pair => pair.Value is not null).Select(pair => $"Environment=\"{pair.Name}={Escaped(pair.Value!)}\"");
    }

    // systemd reads % as the start of a specifier, and quotes and backslashes as a shell would.
    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal);
}
