using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Connections, and whether they really reach their storage.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Creation_takes_six_fields_and_the_rest_is_written_afterwards()
    {
        await using var dss = await TestDss.StartAsync();

        await dss.MustAsync("POST", "admin/connections/", new { name = "a b", type = "Azure", @params = new { storageAccount = "st", colour = "red" }, allowManagedFolders = true, maxActivities = 3 });
        var made = await dss.MustAsync("GET", "admin/connections/a%20b");
        made["maxActivities"] = 3;
        await dss.MustAsync("PUT", "admin/connections/a%20b", made);
        var all = await dss.MustAsync("GET", "admin/connections");

        Assert.False((bool)made["allowManagedFolders"]!);
        Assert.Null(made["params"]!["colour"]);
        Assert.Equal(3, (int)all["a b"]!["maxActivities"]!);
        Assert.NotNull(all["filesystem_managed"]);
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("404-for-missing", 404)]
    public async Task A_missing_connection_is_told_as_the_habits_say(string habits, int status)
    {
        await using var dss = await TestDss.StartAsync(habits: habits);

        foreach (var (method, path) in ((string, string)[])[("GET", "admin/connections/none"), ("PUT", "admin/connections/none"), ("DELETE", "admin/connections/none"), ("GET", "connections/none/test")])
        {
            var (seen, body) = await dss.AskAsync(method, path, method == "PUT" ? new { name = "none" } : null);

            Assert.Equal(status, seen);
            Assert.Equal("Connection 'none' does not exist", (string?)body!["message"]);
            Assert.Equal("java.lang.IllegalArgumentException", (string?)body["errorType"]);
        }
    }

    [Fact]
    public async Task A_wrong_type_says_nothing_useful_and_a_name_is_given_once()
    {
        await using var dss = await TestDss.StartAsync();

        var wrong = await dss.AskAsync("POST", "admin/connections/", new { name = "x", type = "ADLS" });
        await dss.MustAsync("POST", "admin/connections/", new { name = "x", type = "Azure" });
        var twice = await dss.AskAsync("POST", "admin/connections/", new { name = "x", type = "Azure" });

        Assert.Equal(500, wrong.Status);
        Assert.Contains("NullPointer", (string?)wrong.Body!["errorType"], StringComparison.Ordinal);
        Assert.Equal(400, twice.Status);
    }

    [Fact]
    public async Task A_connection_with_the_key_of_the_account_is_good_until_the_key_is_renewed()
    {
        await using var world = await DssStorage.StartAsync();

        await world.ConnectWithKeyAsync();
        var good = await world.Dss.MustAsync("GET", "connections/adls/test");
        var renewed = await world.KeyAsync("regenerateKey", """{"keyName":"key1"}""");
        var old = await world.Dss.MustAsync("GET", "connections/adls/test");
        var definition = await world.Dss.MustAsync("GET", "admin/connections/adls");
        definition["params"]!["accessKey"] = renewed;
        await world.Dss.MustAsync("PUT", "admin/connections/adls", definition);
        var again = await world.Dss.MustAsync("GET", "connections/adls/test");

        Assert.True((bool)good["connectionOK"]!, good.ToJsonString());
        Assert.False((bool)old["connectionOK"]!);
        Assert.Contains("AuthenticationFailed", old.ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)again["connectionOK"]!);
    }

    [Fact]
    public async Task A_connection_of_an_application_is_good_with_its_secret_only()
    {
        await using var world = await DssStorage.StartAsync();
        var ends = world.Sandbox.Endpoints;

        await world.ConnectAsync("app", new JsonObject { ["authType"] = "OAUTH2_APP", ["tenantId"] = ends.TenantId, ["appId"] = ends.ClientId, ["appSecret"] = ends.ClientSecret });
        await world.ConnectAsync("wrong", new JsonObject { ["authType"] = "OAUTH2_APP", ["tenantId"] = ends.TenantId, ["appId"] = ends.ClientId, ["appSecret"] = "guess" });
        var good = await world.Dss.MustAsync("GET", "connections/app/test");
        var wrong = await world.Dss.MustAsync("GET", "connections/wrong/test");

        Assert.True((bool)good["connectionOK"]!, good.ToJsonString());
        Assert.Contains("AADSTS", wrong.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("guess", wrong.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "e:AES:")]
    [InlineData("redact-secrets", "********")]
    [InlineData("empty-secrets", "")]
    [InlineData("absent-secrets", null)]
    public async Task A_round_trip_keeps_the_key_whatever_is_shown_of_it(string habits, string? shown)
    {
        await using var world = await DssStorage.StartAsync(habits);

        var first = await world.ConnectWithKeyAsync();
        await world.Dss.MustAsync("PUT", "admin/connections/adls", first);
        var test = await world.Dss.MustAsync("GET", "connections/adls/test");

        if (shown == "e:AES:") Assert.StartsWith(shown, (string?)first["params"]!["accessKey"], StringComparison.Ordinal);
        else Assert.Equal(shown, (string?)first["params"]!["accessKey"]);
        Assert.True((bool)test["connectionOK"]!, test.ToJsonString());
    }

    [Fact]
    public async Task The_same_plain_secret_never_gives_the_same_ciphertext_and_that_of_another_instance_is_useless()
    {
        await using var one = await DssStorage.StartAsync();
        await using var other = await DssStorage.StartAsync();

        var first = (string?)(await one.ConnectWithKeyAsync("a"))["params"]!["accessKey"];
        var second = (string?)(await one.ConnectWithKeyAsync("b"))["params"]!["accessKey"];
        await other.ConnectAsync("foreign", new JsonObject { ["accessKey"] = first });
        var foreign = await other.Dss.MustAsync("GET", "connections/foreign/test");

        Assert.NotEqual(first, second);
        Assert.Contains("ERR_SECURITY_DECRYPTION_FAILED", foreign.ToJsonString(), StringComparison.Ordinal);
    }
}
