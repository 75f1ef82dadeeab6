using DssPipeline.Snapshots;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Keys of dss and vm that people change later: each changes what it must and nothing else, and the next plan is empty.</summary>
[TakesMinutes]
public sealed class DssOptionsTests
{
    private const string Nasty = "it's \"so\" $(touch /tmp/evaluated) `touch /tmp/evaluated` \\n; é";

    private static readonly string[] Changed = Sets(
        "dss.memory.backend=6g",
        "dss.port=12000",
        "dss.installIni={logs.logfiles_backups: \"7\"}",
        "dss.properties={dku.feature.portRangeLimitation.enabled: \"true\"}",
        $"dss.environment={{DKU_TOLD: '{Nasty.Replace("'", "''", StringComparison.Ordinal)}'}}",
        "dss.graphicsExport=true",
        "vm.packages=[jq, npm]",
        "vm.timeZone=Europe/Berlin",
        "vm.kubectl.version=1.34",
        "vm.docker.version=27.5.1",
        "vm.selinux=enforcing",
        "vm.firewall=true",
        "vm.updates=none");

    // What is lowered, taken out and set back.
    private static readonly string[] Later = [.. Changed, .. Sets("vm.docker.version=26.1.3", "vm.packages=[]", "dss.installIni={}", "dss.properties={}", "dss.environment={}", "vm.updates=all", "vm.mirrors.docker=https://download.docker.com/linux/centos")];

    [Fact]
    public async Task Options_that_change_later_change_what_they_must_and_nothing_else()
    {
        using var world = await MachineWorld.WholeAsync();

        var made = await world.RunAsync(Changed);
        var again = await world.RunAsync(["--target", "Plan", .. Changed]);
        made.Ends(0).Says("Looked again: nothing differs.");
        var found = await world.MustAsync("""
            systemctl start dataiku
            curl -s --retry 30 --retry-connrefused -o /dev/null -w '%{http_code}\n' http://127.0.0.1:12000/public/api/admin/licensing/status
            tr '\0' '\n' <"/proc/$(cat $data/run/backend.pid)/environ" | sed -n 's/^DKU_TOLD=//p'
            ls /tmp/evaluated 2>/dev/null || echo none
            getenforce
            rpm -q --queryformat '%{NAME} %{VERSION}\n' docker-ce kubectl jq
            grep -c '^docker-ce-[0-9:]*27' /etc/dnf/plugins/versionlock.list || true
            grep -e backend.xmx -e logfiles_backups $data/install.ini
            """);
        var later = await world.RunAsync(Later);
        var settled = await world.RunAsync(["--target", "Plan", .. Later]);
        var left = await world.MustAsync("rpm -q --queryformat '%{NAME} %{VERSION}\\n' docker-ce jq");

        Snapshot.Verify(PlanOf(made), "changed");
        again.Ends(0);
        Assert.Equal($"401\n{Nasty}\nnone\nEnforcing\ndocker-ce 27.5.1\nkubectl 1.34.1\njq 1.6\n1\nbackend.xmx = 6g\nlogfiles_backups = 7", found);
        Snapshot.Verify(PlanOf(later.Ends(0).Says("Looked again: nothing differs.")), "later");
        settled.Ends(0);
        Assert.Equal("docker-ce 26.1.3\njq 1.6", left);
    }

    [Fact]
    public async Task Another_account_and_other_places_are_taken_everywhere()
    {
        using var world = await MachineWorld.BareAsync();
        var wish = Sets(
            "vm.dssUser.name=dataiku", "vm.dssUser.uid=4321", "vm.dataDisk.mountPath=/disk", "vm.docker.dataRoot=/disk/docker", "dss.dataDirectory=/disk/dss/design", "dss.installDirectory=/disk/kits",
            "dss.python=python3.11", "vm.mirrors.kubernetes=https://pkgs.k8s.io/core:/stable:", "vm.azureCli.install=false");

        var made = await world.RunAsync(wish);
        var again = await world.RunAsync(["--target", "Plan", .. wish]);
        made.Ends(0).Says("Looked again: nothing differs.");
        var found = await world.MustAsync("""
            systemctl start dataiku
            id -u dataiku; stat -c %U /disk/dss/design /disk/kits/dataiku-dss-14.2.0
            ps -o user= -p "$(cat /disk/dss/design/run/backend.pid)"
            ls /disk/docker/names; getent passwd dssuser || echo none
            """);

        again.Ends(0);
        Assert.Equal("4321\ndataiku\ndataiku\ndataiku\n/disk/docker/names\nnone", found);
    }

    private static string[] Sets(params string[] all) => [.. all.SelectMany(one => (string[])["--set", one])];

    private static string PlanOf(HostRun run) => string.Join('\n', run.Lines.SkipWhile(line => !line.StartsWith("PrepareVm ", StringComparison.Ordinal) && !line.StartsWith("CreateNetwork ", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("Plan: ", StringComparison.Ordinal)));
}
