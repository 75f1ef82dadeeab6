using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>DSS in a machine: the sandbox around it knows of its requests, bends its habits and breaks it.</summary>
public sealed class DssInMachineTests
{
    // A data directory as the installer leaves it, without the installer.
    private const string Run = """
        set -e
        data=/tmp/dss; mkdir -p $data/config $data/run $data/install-support $data/tmp; cd $data
        printf '{"product_version":"13.0.0"}' >dss-version.json
        printf '[general]\nnodetype = design\ninstallid = one\n' >install.ini
        printf 'port = 11000\n' >install-support/server.conf
        printf secret >run/shared-secret.txt
        printf '{"content":{"expiresOn":"20991231"}}' >config/license.json
        printf '{"keys":[{"id":"k","key":"letmein"}]}' >config/public-apikeys.json
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 setsid dotnet /opt/dss-sandbox/DssPipeline.Sandbox.dll dss-backend --data $data </dev/null >$data/run/log 2>&1 &
        curl -s -o /dev/null --retry 100 --retry-delay 1 --retry-all-errors -f http://127.0.0.1:11000/dip/api/ping
        """;

    private const string Api = "curl -s -w '\\n%{http_code}' -u letmein: http://127.0.0.1:11000/public/api";

    [Fact]
    public async Task Faults_reach_it_and_its_requests_are_in_the_log()
    {
        await using var world = await MachineWorld.StartAsync("429@GET *instance-info times=1 retry-after=7 on=dss");
        await world.SshAsync(Run);

        var first = await world.SshAsync($"{Api}/instance-info");
        world.Server.Faults.Add("drop-after@PUT *variables* times=1 on=dss");
        var dropped = await world.SshAsync($"{Api}/admin/variables -X PUT -d '{{\"a\":1}}' || true");
        var kept = await world.SshAsync($"{Api}/admin/variables");

        Assert.EndsWith("\n429", first, StringComparison.Ordinal);
        Assert.EndsWith("000", dropped, StringComparison.Ordinal);
        Assert.Equal("{\"a\":1}\n200", kept);
        Assert.Equal([429, 0, 200], world.Server.Requests.Where(request => request.Endpoint == Endpoint.Dss).Select(request => request.Status));
    }

    [Fact]
    public async Task Habits_are_those_that_the_sandbox_was_started_with()
    {
        using var folder = new TemporaryFolder();
        await using var world = await MachineWorld.OpenAsync(folder.Path, habits: "404-for-missing");
        await world.FurnishAsync();
        await world.SshAsync(Run);

        Assert.EndsWith("\n404", await world.SshAsync($"{Api}/admin/connections/none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reaches_the_storage_of_the_sandbox_by_its_real_name()
    {
        await using var world = await MachineWorld.StartAsync();
        var provider = $"{world.Client.Endpoints.Arm}subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/Microsoft.Storage";
        await world.ArmAsync("POST", $"{provider}/register?api-version=2021-04-01");
        for (var look = 0; look < 3; look++) await world.ArmAsync("GET", $"{provider}?api-version=2021-04-01");
        await world.MakeAsync("providers/Microsoft.Storage/storageAccounts/stone", "2025-06-01", new { location = "westeurope", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { isHnsEnabled = true } });
        await world.ArmAsync("PUT", "providers/Microsoft.Storage/storageAccounts/stone/blobServices/default/containers/data", "2025-06-01", """{"properties":{}}""");
        var key = (string?)(await world.ArmAsync("POST", "providers/Microsoft.Storage/storageAccounts/stone/listKeys", "2025-06-01")).Body!["keys"]![0]!["value"];
        await world.SshAsync(Run);
        var wish = new JsonObject { ["name"] = "adls", ["type"] = "Azure", ["params"] = new JsonObject { ["storageAccount"] = "stone", ["accessKey"] = key, ["defaultManagedContainer"] = "data" } };

        await world.SshAsync($"{Api}/admin/connections/ -d '{wish.ToJsonString()}'");

        Assert.Equal("{\"connectionOK\":true}\n200", await world.SshAsync($"{Api}/connections/adls/test"));
    }
}
