using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What may not be found on a machine whose runs were cut: things that are there twice, half, or left over.</summary>
internal static class MachineFlaws
{
    // Prints a line for each flaw. What the package manager itself keeps in its cache is its own affair.
    private const string Search = """
        one() { [ "$2" = 1 ] || echo "$1: $2 times"; }
        cd /var/lib/dss-sandbox/rpm
        cut -f 1 packages | sort | uniq -d | sed "s/^/package twice: /"
        for list in files/*; do
            name=${list#files/}
            case $name in
                *.sums) (cd / && sha256sum --check --quiet "$OLDPWD/$list" 2>&1 | sed "s/^/file of a package: /") ;;
                *) cut -f 1 packages | grep -qxF -e "$name" || echo "files of $name, which is not installed" ;;
            esac
        done
        find / -xdev \( -path /proc -o -path /var/cache/dnf -o -path /run/dss-sandbox \) -prune -o \( -name "*.part" -o -name ".dss-pipeline*" -o -name "*.dss-pipeline" -o -name ".unpacking*" -o -name "*.rpmtmp" \) -print | sed "s/^/left over: /"
        find /data \( -name "*.part" -o -name "*.part.*" -o -name ".dss-pipeline*" -o -name "*.dss-pipeline" -o -name ".unpacking*" \) -print | sed "s/^/left over: /"
        ls -A /var/lib/dss-pipeline/registry-login 2>/dev/null | sed "s/^/signed in to a registry: /"
        one "line of /data in fstab" "$(grep -c " /data " /etc/fstab)"
        one "mount of /data" "$(grep -c " /data " /proc/mounts)"
        one "data directory" "$(find / /data -xdev -name install.ini | wc -l)"
        one "kit" "$(ls -A /data/dataiku/kits | wc -l)"
        one "supervisor of DSS" "$(ps ax -o args | grep -c "[s]cripts/supervisord")"
        one "unit of DSS" "$(ls /etc/systemd/system | grep -c "^dataiku.*service$")"
        one "completed installation" "$(grep -c "Installation complete" /data/dataiku/dss_data/run/install.log)"
        one "key of this deployment" "$(runuser -u dssuser -- /data/dataiku/dss_data/bin/dsscli api-keys-list --output json 2>/dev/null | grep -o "\"label\" *: *\"dss-pipeline\"" | wc -l)"
        one "image for containers" "$(docker images | grep -c "^dku-exec-base-")"
        one "image for Spark" "$(docker images | grep -c "^dku-spark-base-")"
        """;

    /// <summary>All of them, in words; empty when the machine is as if nothing had been cut.</summary>
    public static async Task<string> OfAsync(MachineWorld world)
    {
        var login = await world.LoginAsync($"sudo bash -c '{Search}' 2>&1");
        var daemon = await File.ReadAllTextAsync(Path.Combine(world.System, "etc/docker/daemon.json"));
        return $"{login.Ends(0).Output}{(IsJson(daemon) ? "" : $"daemon.json: {daemon}\n")}{await RunCommandsAsync(world.Stage)}";
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static async Task<string> RunCommandsAsync(Stage stage)
    {
        var found = "";
        await stage.BendAsync(async somebody =>
        {
            var all = await somebody.GetAsync($"{Stage.Reference.Names.VirtualMachine.Path}/runCommands", "2025-04-01");
            found = string.Concat((Pointer.At(all, "/value") as JsonArray ?? []).Select(command => $"run command left over: {command!["name"]}\n"));
        });
        return found;
    }
}
