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
}
