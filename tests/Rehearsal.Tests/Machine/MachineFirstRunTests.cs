using DssPipeline.Chapters;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>From nothing to a running DSS, through either way into the machine, as somebody sees it who logs in; and what the runs after the first one cost.</summary>
[TakesMinutes]
public sealed class MachineFirstRunTests
{
    // Each line is one thing that people look for on such a machine.
    private const string Look = """
        sudo docker version --format 'docker {{.Server.Version}}'
        kubectl version --client -o json | grep -o '"minor": "[0-9]*'
        az version -o json | grep -o '"azure-cli": "2'
        id -nG dssuser
        findmnt -no FSTYPE /data
        sed -n 's/^UUID=[0-9a-f-]* \(.data xfs\) .*/by uuid: \1/p' /etc/fstab
        grep -c '^dssuser .* 65536$' /etc/security/limits.d/90-dss.conf
        grep ^SELINUX= /etc/selinux/config
        readlink /etc/localtime
        systemctl is-enabled dataiku docker chronyd | sort | uniq -c
        systemctl is-active dataiku docker chronyd | sort | uniq -c
        grep Limit /etc/systemd/system/dataiku.service.d/limits.conf
        curl -s -o /dev/null -w 'DSS says %{http_code}\n' http://127.0.0.1:11000/public/api/admin/licensing/status
        sudo docker image ls | grep -o '^dku-[a-z]*-base-'
        stat -c '%U:%G %a %n' /data /data/dss-archives /data/dataiku /data/dataiku/dss_data /data/dataiku/kits/dataiku-dss-14.2.0 /etc/docker/daemon.json
        sudo stat -c '%U:%G %a %n' /data/dataiku/dss_data/config/license.json /var/lib/dss-pipeline/dss-admin
        sudo sh -c 'ls -A /data/dataiku/kits'
        ls -A /data/dss-archives | grep -v '[.]checked$'
        """;

    private const string AllKept = @"^As wished: reference has (\d+) resources, \1 kept, in ";

    private static readonly string[] Seen =
    [
        "docker 28.0.4",
        "\"minor\": \"33",
        "\"azure-cli\": \"2",
        "dssuser docker",
        "xfs",
        "by uuid: /data xfs",
        "4",
        "SELINUX=permissive",
        "../usr/share/zoneinfo/UTC",
        "3 enabled",
        "3 active",
        "LimitNOFILE=65536",
        "LimitNPROC=65536",
        "DSS says 401",
        "dku-exec-base-",
        "dku-spark-base-",
        "root:root 755 /data",
        "root:root 755 /data/dss-archives",
        "dssuser:dssuser 755 /data/dataiku",
        "dssuser:dssuser 755 /data/dataiku/dss_data",
        "dssuser:dssuser 755 /data/dataiku/kits/dataiku-dss-14.2.0",
        "root:root 644 /etc/docker/daemon.json",
        "dssuser:dssuser 600 /data/dataiku/dss_data/config/license.json",
        "root:root 600 /var/lib/dss-pipeline/dss-admin",
        "dataiku-dss-14.2.0",
        "dataiku-dss-hadoop-standalone-libs-generic-hadoop3-14.2.0.tar.gz",
        "dataiku-dss-spark-standalone-14.2.0-3.5.3-generic-hadoop3.tar.gz",
    ];

    [Fact]
    public async Task By_ssh_everything_is_there_and_the_second_run_makes_one_trip()
    {
        using var world = await MachineWorld.WholeAsync();
        var (writes, trips) = (world.Stage.Writes, Sessions(world));

        var second = await world.RunAsync();
        var spent = Sessions(world) - trips;
        var plan = await world.RunAsync("--target", "Plan");
        var seen = await world.LoginAsync(Look);

        Assert.Matches(AllKept, second.Ends(0).Lines[^1]);
        Assert.Equal(1, spent);
        Assert.Equal(writes, world.Stage.Writes);
        plan.Ends(0).Says("Nothing to do");
        Assert.Equal(Seen, Trimmed(seen));
    }

    [Fact]
    public async Task By_run_command_it_is_the_same()
    {
        using var world = MachineWorld.Empty();

        var first = await world.RunAsync("--set", "vm.access=runCommand", "--set", "dss.api.access=ssh");
        var writes = world.Stage.Requests.Count;
        var second = await world.RunAsync("--set", "vm.access=runCommand", "--set", "dss.api.access=ssh");
        var after = RequestLog.Writes(world.Stage.Requests.Skip(writes));
        var seen = await world.LoginAsync(Look);

        first.Ends(0).Says("Looked again: nothing differs.");
        Assert.Matches(AllKept, second.Ends(0).Lines[^1]);
        Assert.Equal(["PUT", "DELETE"], after.Select(request => request.Method));
        Assert.All(after, request => Assert.Contains("/runCommands/dss-pipeline-", request.Path, StringComparison.Ordinal));
        Assert.Equal(Seen, Trimmed(seen));
    }

    [Fact]
    public async Task Tasks_can_be_made_one_after_the_other()
    {
        using var world = await MachineWorld.BareAsync();

        var prepared = await world.RunAsync("--target", "PrepareVm");
        var between = await world.LoginAsync("command -v docker kubectl az; ls -A /data");
        var installed = await world.RunAsync("--target", "InstallDss", "--exclusive");
        var afterwards = await world.LoginAsync("systemctl is-active dataiku; sudo docker image ls -q");
        var rest = await world.RunAsync();

        prepared.Ends(0);
        Assert.Equal(["/usr/bin/docker", "/usr/bin/kubectl", "/usr/bin/az", "docker"], between.Lines);
        installed.Ends(0).Says("+ machine/dssInstance/reference  made in ");
        Assert.Equal("active", Assert.Single(afterwards.Lines));
        rest.Ends(0).Says("+ machine/baseImage/spark  made in ").Says("Looked again: nothing differs.");
    }

    [Fact]
    public async Task Copies_of_a_world_run_side_by_side()
    {
        using var one = await MachineWorld.WholeAsync();
        using var other = await MachineWorld.WholeAsync();

        var plans = await Task.WhenAll(one.RunAsync("--target", "Plan"), other.RunAsync("--target", "Plan"));

        Assert.All(plans, plan => plan.Ends(0).Says("Nothing to do"));
    }

    [Fact]
    public async Task A_machine_that_somebody_stopped_is_started_and_what_is_in_it_is_kept()
    {
        using var world = await MachineWorld.WholeAsync();
        await world.Stage.BendAsync(somebody => somebody.PostAsync($"{Stage.Reference.Names.VirtualMachine.Path}/deallocate", VirtualMachine.ApiVersion));
        var writes = world.Stage.Writes;

        var plan = await world.RunAsync("--target", "Plan");
        var untouched = world.Stage.Writes;
        var deploy = await world.RunAsync();

        plan.Ends(2).Says("/properties/powerState: deallocated → running").Says("Nobody could look inside, because the machine does not run").Says("+ machine/dssInstance/reference");
        Assert.Equal(writes, untouched);
        deploy.Ends(0).Says("~ azure/virtualMachine/vm-reference  changed in ").Says("Looked again: nothing differs.");
        Assert.DoesNotContain("+ machine/dssInstance/reference  made", deploy.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_removes_the_machine_without_signing_in()
    {
        using var world = await MachineWorld.WholeAsync();

        var destroy = await world.RunAsync("--target", "Destroy", "--confirm", "reference", "--faults", "dead-ssh@ssh");

        destroy.Ends(0).Says("- azure/virtualMachine/vm-reference  removed in ");
        Assert.Empty(await world.Stage.ThingsAsync());
    }

    /// <summary>How often a script was sent to the machine, as its own sshd tells. The first session of a connection, 0, only holds it open.</summary>
    private static int Sessions(MachineWorld world) =>
        File.ReadLines(Path.Combine(world.System, "..", "console.log")).Count(line => line.StartsWith("Starting session: command for azureuser", StringComparison.Ordinal) && !line.EndsWith(" id 0", StringComparison.Ordinal));

    private static IEnumerable<string> Trimmed(HostRun run) => run.Lines.Select(line => line.Trim());
}
