using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.StandIns;

/// <summary>The running DSS, asked over its real ports.</summary>
public sealed class BackendTests
{
    private const string Url = "http://127.0.0.1:$port";

    [Fact]
    public async Task The_free_edition_closes_the_api_and_a_licence_opens_it()
    {
        await using var machine = await InstalledAsync();
        await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dss start"));
        var key = await KeyAsync(machine);

        var closed = await machine.MustAsync($"curl -s -w '%{{http_code}}' -u '{key}:' {Url}/public/api/auth/info");
        var none = await StatusAsync(machine, key);
        await machine.MustAsync("echo garbage >/tmp/garbage; chmod 644 /tmp/garbage\n" + DssMachine.AsUser("/data/dss/bin/dsscli set-license /tmp/garbage"));
        var garbage = await StatusAsync(machine, key);
        await machine.MustAsync("echo '{\"expiresOn\":\"20200101\"}' >/tmp/old; chmod 644 /tmp/old\n" + DssMachine.AsUser("/data/dss/bin/dsscli set-license /tmp/old"));
        var old = await StatusAsync(machine, key);
        await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dsscli set-license /data/license.json"));
        var good = await StatusAsync(machine, key);
        var open = await machine.MustAsync($"curl -s -o /dev/null -w '%{{http_code}}' -H 'Authorization: Bearer {key}' {Url}/public/api/auth/info");

        Assert.Contains("not available with your Free Edition license", closed, StringComparison.Ordinal);
        Assert.EndsWith("403", closed, StringComparison.Ordinal);
        Assert.Equal((false, false, false), none);
        Assert.Equal((false, false, false), garbage);
        Assert.Equal((true, false, true), old);
        Assert.Equal((true, true, false), good);
        Assert.Equal("200", open);
    }

    [Fact]
    public async Task The_password_of_admin_is_changed_over_the_api_and_kept_over_a_restart()
    {
        await using var machine = await InstalledAsync();
        await machine.MustAsync(DssMachine.AsUser("cp /data/license.json /data/dss/config/; /data/dss/bin/dss start"));
        var key = await KeyAsync(machine);

        var first = await LoginAsync(machine, "admin");
        var user = JsonNode.Parse(await machine.MustAsync($"curl -sf -u '{key}:' {Url}/public/api/admin/users/admin"))!;
        user["password"] = "much-better";
        user["userProfile"] = "FULL_DESIGNER";
        await machine.MustAsync($"curl -sf -u '{key}:' -X PUT -d {DssMachine.Quoted(user.ToJsonString())} {Url}/public/api/admin/users/admin");
        await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dss restart"));
        var seen = await machine.MustAsync($"curl -sf -u '{key}:' {Url}/public/api/admin/users/admin");

        Assert.Equal("200", first);
        Assert.Equal("401", await LoginAsync(machine, "admin"));
        Assert.Equal("200", await LoginAsync(machine, "much-better"));
        Assert.Contains("FULL_DESIGNER", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("password", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_never_comes_up_is_a_502_a_failed_start_and_a_refused_command()
    {
        await using var machine = await InstalledAsync();

        var started = await machine.RunAsync("touch /run/dss-sandbox/faults/dss-never-up\n" + DssMachine.AsUser("/data/dss/bin/dss start"));
        var front = await machine.MustAsync($"curl -s -o /dev/null -w '%{{http_code}}' {Url}/public/api/admin/licensing/status");
        var asked = await machine.RunAsync(DssMachine.AsUser("/data/dss/bin/dsscli api-keys-list --output json"));
        var later = await machine.MustAsync($"rm /run/dss-sandbox/faults/dss-never-up; curl -s -o /dev/null --retry 50 --retry-delay 1 --retry-all-errors -f -w '%{{http_code}}' http://127.0.0.1:$((port + 1))/dip/api/ping");

        Assert.Equal(1, started.Code);
        Assert.Contains("it may still come up", started.Errors, StringComparison.Ordinal);
        Assert.Equal("502", front);
        Assert.Equal(1, asked.Code);
        Assert.Contains("Connection refused", asked.Errors, StringComparison.Ordinal);
        Assert.EndsWith("200", later, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_comes_with_regenerated_configuration_and_plain_requests_are_led_to_it()
    {
        await using var machine = await InstalledAsync();
        await machine.MustAsync(DssMachine.AsUser("""
            cd /data/dss && openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=dss -addext 'subjectAltName=IP:127.0.0.1' 2>/dev/null
            sed -i 's|^\[server\]|[server]\nssl = true\nssl_certificate = /data/dss/cert.pem\nssl_certificate_key = /data/dss/key.pem|' install.ini
            ./bin/dssadmin regenerate-config && ./bin/dss start
            """));

        var secure = await machine.MustAsync("curl -s --cacert /data/dss/cert.pem -o /dev/null -w '%{http_code}' https://127.0.0.1:$port/public/api/admin/licensing/status");
        var plain = await machine.MustAsync($"curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}' {Url}/some/page");

        Assert.Equal("401", secure);
        Assert.Equal($"302 https://127.0.0.1:{machine.Port}/some/page", plain);
    }

    private static async Task<StandInMachine> InstalledAsync()
    {
        var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);
        await machine.MustAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y"));
        return machine;
    }

    private static async Task<string> KeyAsync(StandInMachine machine)
    {
        var made = await machine.MustAsync(DssMachine.AsUser("/data/dss/bin/dsscli api-key-create --admin true --output json 2>/dev/null"));
        return (string)JsonNode.Parse(made)![0]!["key"]!;
    }

    private static async Task<(bool HasLicense, bool Valid, bool Expired)> StatusAsync(StandInMachine machine, string key)
    {
        var status = JsonNode.Parse(await machine.MustAsync($"curl -sf -u '{key}:' {Url}/public/api/admin/licensing/status"))!["base"]!;
        return ((bool)status["hasLicense"]!, (bool)status["valid"]!, (bool)status["expired"]!);
    }

    private static Task<string> LoginAsync(StandInMachine machine, string password) =>
        machine.MustAsync($"curl -s -o /dev/null -w '%{{http_code}}' -d login=admin -d password={password} {Url}/dip/api/login");
}
