using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The first key, the licence and the password of a running stand-in of DSS.</summary>
public sealed class DssKeyOnMachineTests
{
    private const string Keys = "runuser -u dssuser -- $data/bin/dsscli api-keys-list --output json 2>/dev/null | grep -c '\"label\": \"dss-pipeline\"'";

    [Fact]
    public async Task There_is_one_key_of_ours_and_one_that_was_revoked_is_made_once_more()
    {
        await using var lab = await RunningAsync();

        var absent = await LookAsync(lab, "dssApiKey", null);
        var first = await MakeKeyAsync(lab);
        var works = await LookAsync(lab, "dssApiKey", first);
        var second = await MakeKeyAsync(lab);
        var revoked = await LookAsync(lab, "dssApiKey", first);

        Assert.Null(absent);
        Assert.Equal("yes", $"{works!["works"]}");
        Assert.Equal("no", $"{revoked!["works"]}");
        Assert.NotEqual(first, second);
        Assert.Equal("1", (await lab.MustAsync(Keys)).Trim());
    }

    [Fact]
    public async Task A_licence_that_has_run_out_is_seen()
    {
        await using var lab = await RunningAsync();
        var key = await MakeKeyAsync(lab);

        var good = await LookAsync(lab, "dssLicenseStatus", key);
        await lab.MustAsync("""printf '{"content":{"expiresOn":"20200101"}}' >$data/config/license.json; systemctl restart dataiku""");
        var bad = await LookAsync(lab, "dssLicenseStatus", key);

        Assert.Equal(("yes", "no"), ($"{good!["valid"]}", $"{good["expired"]}"));
        Assert.NotEqual(("yes", "no"), ($"{bad!["valid"]}", $"{bad["expired"]}"));
    }

    [Fact]
    public async Task The_password_of_admin_is_set_whatever_it_holds_and_only_its_fingerprint_is_kept()
    {
        await using var lab = await RunningAsync();
        var key = await MakeKeyAsync(lab);
        const string Password = "q\"u'o\\t$(touch /tmp/ran)`é";

        var before = await LookAsync(lab, "dssAdmin", key);
        var made = await DoAsync(lab, "dssAdmin", key, new() { { "password", Password }, { "salt", "0123" }, { "fingerprint", new Secret(Password).Fingerprint("0123") }, { "profile", "DESIGNER" } });

        Assert.Null(before);
        Assert.Equal(new Secret(Password).Fingerprint("0123"), $"{made.Fact!["fingerprint"]}");
        Assert.Equal("DESIGNER", $"{made.Fact["profile"]}");
        Assert.Equal("600 root", (await lab.MustAsync("stat -c '%a %U' /var/lib/dss-pipeline/dss-admin")).Trim());
        Assert.Equal("", (await lab.MustAsync("ls /tmp/ran 2>/dev/null || true; grep -rlF 'touch /tmp/ran' /var/lib/dss-pipeline /run/dss-pipeline || true")).Trim());
    }

    private static async Task<DssLab> RunningAsync()
    {
        var lab = DssLab.Start();
        var report = await lab.DeployAsync(lab.Declare());
        Assert.True(Stage.Failures(report) is "", Stage.Failures(report));
        return lab;
    }

    private static async Task<Secret> MakeKeyAsync(DssLab lab) => (await DoAsync(lab, "dssApiKey", null, new() { { "label", AdminKey.Label } })).Secrets["key"];

    private static Task<JsonObject?> LookAsync(DssLab lab, string kind, Secret? key) => lab.Machine.LookAsync(Of(lab, kind, key, []), TestContext.Current.CancellationToken);

    private static Task<JobAnswer> DoAsync(DssLab lab, string kind, Secret? key, JobValues values)
    {
        var resource = Of(lab, kind, key, values);
        return lab.Machine.MakeAsync(resource, new(resource, Verb.Create, resource.Desired, null, []), TestContext.Current.CancellationToken);
    }

    private static Asked Of(DssLab lab, string kind, Secret? key, JobValues values)
    {
        var all = new DssHome(Examples.Read("minimal")).Values();
        all.Add("mark", "/var/lib/dss-pipeline/dss-admin");
        all.Add("key", key);
        foreach (var (name, value) in values) all.Add(name, value);
        return new(lab.Machine, kind, all);
    }

    private sealed class Asked(Machine machine, string kind, JobValues values) : MachineResource(machine, kind, $"asked-{Guid.NewGuid():N}")
    {
        public override JsonNode Desired => new JsonObject();

        protected override JobValues Asking => values;
    }
}
