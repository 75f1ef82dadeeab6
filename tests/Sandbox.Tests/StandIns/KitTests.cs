namespace DssPipeline.Sandbox.Tests.StandIns;

/// <summary>The stand-in of DSS, installed by its own installer and really started.</summary>
public sealed class KitTests
{
    [Fact]
    public async Task It_is_installed_started_by_its_boot_service_and_asked_for_a_key()
    {
        await using var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);

        var installed = await machine.MustAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y -l /data/license.json"));
        await machine.MustAsync("/opt/dss/dataiku-dss-13.5.5/scripts/install/install-boot.sh /data/dss dssuser; systemctl start dataiku");
        var state = await machine.MustAsync("systemctl show dataiku -p ActiveState,SubState,UnitFileState,NeedDaemonReload --value; " + DssMachine.AsUser("/data/dss/bin/dss status"));
        var ready = await machine.MustAsync("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:$port/public/api/admin/licensing/status");
        var made = await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dsscli api-key-create --label first --description 'it'\\''s \"mine\"' --admin true --output json 2>/dev/null"));
        var key = System.Text.Json.Nodes.JsonNode.Parse(made)![0]!;
        var info = await machine.MustAsync($"curl -sf -u '{key["key"]}:' http://127.0.0.1:$port/public/api/instance-info");
        var kept = await machine.MustAsync("cat /data/dss/config/public-apikeys.json");
        await machine.MustAsync("systemctl stop dataiku");
        var stopped = await machine.RunAsync(DssMachine.AsUser("/data/dss/bin/dss status"));

        Assert.Contains("* Installation complete (DSS node type: design)", installed, StringComparison.Ordinal);
        Assert.StartsWith("active\nrunning\nenabled\nno\n", state, StringComparison.Ordinal);
        Assert.Contains("backend                          RUNNING   pid", state, StringComparison.Ordinal);
        Assert.Equal("401", ready);
        Assert.Equal("it's \"mine\"", (string?)key["description"]);
        Assert.Contains("\"nodeType\":\"DESIGN\"", info, StringComparison.Ordinal);
        Assert.DoesNotContain((string)key["key"]!, kept, StringComparison.Ordinal);
        Assert.Contains("DSS supervisor is not running", stopped.Output, StringComparison.Ordinal);
        Assert.Equal(1, stopped.Code);
    }

    [Fact]
    public async Task An_upgrade_keeps_the_data_and_is_refused_backwards_and_while_it_runs()
    {
        await using var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);
        await DssMachine.KitAsync(machine, "14.2.0");
        await machine.MustAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y; echo 'export MINE=1' >>/data/dss/bin/env-site.sh; /data/dss/bin/dss start"));

        var running = await machine.RunAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-14.2.0/installer.sh -d /data/dss -u -y"));
        var upgraded = await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dss stop; /opt/dss/dataiku-dss-14.2.0/installer.sh -d /data/dss -u -y; cat /data/dss/dss-version.json /data/dss/bin/env-default.sh /data/dss/bin/env-site.sh"));
        var back = await machine.RunAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -u -y"));
        var port = await machine.RunAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-14.2.0/installer.sh -d /data/dss -u -y -p 11000"));
        await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dss start; /data/dss/bin/dss stop"));

        Assert.Equal(1, running.Code);
        Assert.Contains("DSS is running", running.Errors, StringComparison.Ordinal);
        Assert.Contains("\"product_version\":\"14.2.0\"", upgraded, StringComparison.Ordinal);
        Assert.Contains("DKUINSTALLDIR=\"/opt/dss/dataiku-dss-14.2.0\"", upgraded, StringComparison.Ordinal);
        Assert.Contains("export MINE=1", upgraded, StringComparison.Ordinal);
        Assert.Contains("downgrade from DSS 14.2.0 to 13.5.5 is not supported", back.Errors, StringComparison.Ordinal);
        Assert.Contains("-p may not be given with -u", port.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installer_killed_in_its_middle_leaves_its_mark_and_the_next_one_moves_the_remains_away()
    {
        await using var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);

        await machine.MustAsync("echo 5 >/run/dss-sandbox/faults/kit-slow");
        await machine.RunAsync("setsid timeout -s KILL 0.5 " + DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -n -P python3.9 -y"));
        var left = await machine.MustAsync("ls /data/dss; rm /run/dss-sandbox/faults/kit-slow");
        var again = await machine.MustAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -n -P python3.9 -y; ls /data"));

        Assert.Contains("DSS-INITIAL-INSTALL-IN-PROGRESS.txt", left, StringComparison.Ordinal);
        Assert.Contains("Installation complete", again, StringComparison.Ordinal);
        Assert.Contains("dss.dss_failed_install.", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y", true, "must not be run as root")]
    [InlineData("rpm -q acl; mkdir -p /data/dss/lost+found; /opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y", false, "/data/dss is not empty. Aborting.")]
    [InlineData("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port </dev/null", false, "aborted")]
    [InlineData("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -y -P python3.12", false, "Python not found: python3.12")]
    [InlineData("JAVA_HOME=/nowhere /opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -y", false, "JAVA_HOME (/nowhere) holds no bin/java")]
    [InlineData("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p 80 -y", false, "Usage:")]
    public async Task The_installer_refuses_what_cannot_work(string command, bool asRoot, string problem)
    {
        await using var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);

        var end = await machine.RunAsync(asRoot ? command : DssMachine.AsUser(command));

        Assert.Equal(1, end.Code);
        Assert.Contains(problem, end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_packages_are_named_with_the_command_that_brings_them()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync("install -d -o dssuser /opt/dss /data");
        await DssMachine.KitAsync(machine, "14.2.0");

        var end = await machine.RunAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-14.2.0/installer.sh -d /data/dss -p $port -y"));

        Assert.Equal(1, end.Code);
        Assert.Contains("*** Error: package java-17-openjdk-headless not found", end.Errors, StringComparison.Ordinal);
        Assert.Contains("sudo -i \"/opt/dss/dataiku-dss-14.2.0/scripts/install/install-deps.sh\"", end.Errors, StringComparison.Ordinal);
    }
}
