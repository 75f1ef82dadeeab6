using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>DSS connections over the sandbox's DSS, which really reaches the sandbox's storage: made, kept, repaired, finished after a cut, and their secrets.</summary>
public sealed class AdlsConnectionTests
{
    private const string Managed = "admin/connections/adls-managed";
    private const string Closed = """{"readableBy":"NONE","allowedGroups":[]}""";

    [Theory]
    [InlineData("")]
    [InlineData("redact-secrets,404-for-missing")]
    [InlineData("empty-secrets")]
    [InlineData("absent-secrets")]
    public async Task It_is_made_kept_and_repaired(string habits)
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest, habits);

        var failures = await stage.Dss.MakeAsync(stage.Connections(manifest));
        var second = await stage.Dss.PlanAsync(stage.Connections(manifest));
        await stage.Dss.BendAsync(Managed, connection => (connection["params"]!["hdfsInterface"], connection["allowManagedFolders"], connection["maxActivities"]) = ("WASB", false, 3));
        var bent = await stage.Dss.PlanAsync(stage.Connections(manifest));
        var repairFailures = await stage.Dss.MakeAsync(stage.Connections(manifest));
        var last = await stage.Dss.PlanAsync(stage.Connections(manifest));

        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal("dss/connection/adls-managed/allowManagedFolders dss/connection/adls-managed/params/hdfsInterface", DssPromisesTests.Paths(bent));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal(3, (int)(await stage.Dss.SeeAsync(Managed))!["maxActivities"]!);
        Assert.True((bool)(await stage.Dss.SeeAsync("connections/adls-managed/test"))!["connectionOK"]!);
        Assert.True((bool)(await stage.Dss.SeeAsync("connections/adls-raw/test"))!["connectionOK"]!);
    }

    [Fact]
    public async Task Details_that_were_closed_and_are_opened_by_somebody_are_closed_again()
    {
        var manifest = Everything.Read("adls[stdemo].connections[adls-managed].details=nobody");
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(Everything.Read())));

        var failures = await stage.Dss.MakeAsync(stage.Connections(manifest));
        var closed = Details(await stage.Dss.SeeAsync(Managed));
        await stage.Dss.BendAsync(Managed, connection => connection["detailsReadability"] = Json.Of(new { readableBy = "ALLOWED", allowedGroups = new[] { "readers" } }));
        var bent = await stage.Dss.PlanAsync(stage.Connections(manifest));
        var repairFailures = await stage.Dss.MakeAsync(stage.Connections(manifest));
        var last = await stage.Dss.PlanAsync(stage.Connections(manifest));

        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.Contains("dss/connection/adls-managed/detailsReadability/readableBy", DssPromisesTests.Paths(bent), StringComparison.Ordinal);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal((Closed, Closed), (closed, Details(await stage.Dss.SeeAsync(Managed))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("redact-secrets")]
    public async Task The_secret_of_the_way_it_signed_in_before_does_not_stay(string habits)
    {
        var (before, after) = (Everything.Read(), Everything.Read("adls[stdemo].connections[adls-managed].auth=servicePrincipal"));
        await using var stage = await AzureStage.StartAsync(before, habits);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(before)));

        var switched = await stage.Dss.MakeAsync(stage.Connections(after));
        var asApplication = Secrets(await stage.Dss.SeeAsync(Managed));
        var back = await stage.Dss.MakeAsync(stage.Connections(before));
        var byKey = Secrets(await stage.Dss.SeeAsync(Managed));
        var last = await stage.Dss.PlanAsync(stage.Connections(before));

        Assert.Equal(("", ""), (switched, back));
        Assert.Equal(("appSecret", "accessKey"), (asApplication, byKey));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task It_is_written_as_the_manifest_says()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest, "redact-secrets");

        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));
        var written = new JsonArray([.. await Task.WhenAll(((string[])["adls-raw", "adls-managed"]).Select(async name => Told(await stage.Dss.SeeAsync($"admin/connections/{name}"))))]);

        Snapshot.Matches(written.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Path.Combine(Snapshot.Folder(), "AdlsConnectionTests.written.verified.txt"));
    }

    [Fact]
    public async Task Killed_at_any_request_the_next_run_converges()
    {
        var manifest = Without(Everything.Read());
        await using var stage = await AzureStage.StartAsync(manifest);
        for (var requests = 1; ; requests++)
        {
            var killed = await stage.Dss.MakeAsync(stage.Connections(manifest, requests));
            var next = await stage.Dss.MakeAsync(stage.Connections(manifest));
            var last = await stage.Dss.PlanAsync(stage.Connections(manifest));

            Assert.True(next is "", $"after request {requests}: {next}");
            Assert.True(last.IsEmpty, $"after request {requests}: {DssPromisesTests.Paths(last)}");
            if (killed is "") return;

            await stage.Dss.Server.MustAsync("DELETE", Managed);
            await stage.Dss.Server.MustAsync("PUT", "admin/variables", new JsonObject());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("redact-secrets")]
    [InlineData("empty-secrets")]
    public async Task A_key_that_was_made_anew_shows_as_a_change_and_is_applied(string habits)
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest, habits);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));

        await stage.RotateAsync(manifest);
        var test = await stage.Dss.SeeAsync("connections/adls-managed/test");
        var plan = await stage.Dss.PlanAsync(stage.Connections(manifest));
        var failures = await stage.Dss.MakeAsync(stage.Connections(manifest));
        var tested = await stage.Dss.SeeAsync("connections/adls-managed/test");

        Assert.False((bool)test!["connectionOK"]!);
        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "AdlsConnectionTests.rotated.verified.txt"));
        Assert.Equal("", failures);
        Assert.True((bool)tested!["connectionOK"]!);
    }

    [Fact]
    public async Task A_secret_that_somebody_changes_in_DSS_is_noticed_where_DSS_shows_its_ciphertext()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));

        await stage.Dss.BendAsync("admin/connections/adls-raw", connection => connection["params"]!["appSecret"] = "guess");
        var plan = await stage.Dss.PlanAsync(stage.Connections(manifest));
        var failures = await stage.Dss.MakeAsync(stage.Connections(manifest));

        Assert.Equal("dss/connection/adls-raw/secret", DssPromisesTests.Paths(plan));
        Assert.Equal("", failures);
        Assert.True((bool)(await stage.Dss.SeeAsync("connections/adls-raw/test"))!["connectionOK"]!);
    }

    [Fact]
    public async Task A_connection_that_does_not_work_is_told_in_the_words_of_DSS_until_it_does()
    {
        var wrong = Everything.With("not-the-secret", "hunter2");
        await using var stage = await AzureStage.StartAsync(Everything.Read());

        var failures = await stage.Dss.MakeAsync(stage.Connections(wrong));
        var again = await stage.Dss.PlanAsync(stage.Connections(wrong));
        var mended = await stage.Dss.MakeAsync(stage.Connections(Everything.Read()));

        Assert.Contains("Connection does not work: The DSS connection adls-raw was written, and its test fails. DSS says: ", failures, StringComparison.Ordinal);
        Assert.Contains("AADSTS", failures, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", failures, StringComparison.Ordinal);
        Assert.Equal("dss/connection/adls-raw/secret", DssPromisesTests.Paths(again));
        Assert.Equal("", mended);
    }

    [Fact]
    public async Task A_role_that_is_not_honoured_yet_is_waited_for()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        stage.Dss.Clock = new HastyClock();
        stage.Azure.Faults.Add("403@GET * on=blob times=4 code=AuthorizationPermissionMismatch");

        var failures = await stage.Dss.MakeAsync(stage.Connections(manifest));

        Assert.True(failures is "", failures);
        Assert.Equal(6, stage.Dss.Server.Requests.Count(request => request.Path.EndsWith("/test", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connection_that_is_added_is_all_that_the_plan_shows()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(Without(manifest))));

        var plan = await stage.Dss.PlanAsync(stage.Connections(manifest));

        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "AdlsConnectionTests.added.verified.txt"));
    }

    [Fact]
    public async Task No_secret_is_in_what_is_observed_or_kept_beside()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));

        var observed = string.Concat(await Task.WhenAll(stage.Connections(manifest).Select(async one => (await one.ObserveAsync(default))!.ToJsonString())));
        var variables = (await stage.Dss.SeeAsync("admin/variables"))!.ToJsonString();

        Assert.DoesNotContain("sandbox-only-secret", observed + variables, StringComparison.Ordinal);
        Assert.DoesNotContain("e:AES:", observed + variables, StringComparison.Ordinal);
        Assert.Matches("dss-pipeline.connection.adls-raw\":\"demo [0-9a-f]{32} [0-9a-f]{32}\"", variables);
    }

    [Fact]
    public async Task What_the_manifest_no_longer_names_goes_only_when_it_is_ours_and_named()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));
        await stage.Dss.Server.MustAsync("POST", "admin/connections", new { name = "theirs", type = "Azure", @params = new { storageAccount = "st" } });
        var without = Without(Everything.Read());
        var allowed = Without(Everything.Read("policy.allowDelete=[dss/connection/adls-raw, dss/connection/theirs]"));

        var silent = await stage.Dss.PlanAsync(stage.Connections(without), Leftovers(stage, without));
        var plan = await stage.Dss.PlanAsync(stage.Connections(allowed), Leftovers(stage, allowed));
        var failures = await stage.Dss.MakeAsync(stage.Connections(allowed), Leftovers(stage, allowed), new ResourceId("dss", "connection", "adls-raw"));

        Assert.True(silent.IsEmpty);
        Assert.Equal("dss/connection/adls-raw", DssPromisesTests.Paths(plan));
        Assert.Equal("", failures);
        Assert.Equal("adls-managed theirs", string.Join(' ', (await stage.Dss.SeeAsync("admin/connections"))!.AsObject().Select(one => one.Key).Where(name => !name.StartsWith("filesystem", StringComparison.Ordinal)).Order()));
        Assert.DoesNotContain("adls-raw", (await stage.Dss.SeeAsync("admin/variables"))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_of_another_deployment_is_left_alone()
    {
        var manifest = Everything.Read();
        await using var stage = await AzureStage.StartAsync(manifest);
        Assert.Equal("", await stage.Dss.MakeAsync(stage.Connections(manifest)));

        await stage.Dss.BendAsync("admin/variables", variables => variables["dss-pipeline.connection.adls-raw"] = "other");
        var plan = await stage.Dss.PlanAsync(stage.Connections(manifest));

        Assert.Equal("Belongs to another deployment", plan.Changes.Single(change => change.Verb is Verb.Refuse).Problem!.Summary);
    }

    private static IReadOnlyList<LeftoverSearch> Leftovers(AzureStage stage, Manifest manifest) => [.. new CreateAdlsTask(stage.Arm, stage.Dss.Client(), DssStage.Vault).Search(manifest)];

    /// <summary>The manifest after adls-raw was taken out of it.</summary>
    private static Manifest Without(Manifest manifest) =>
        manifest with { Adls = [.. manifest.Adls.Select(account => account with { Connections = [.. account.Connections.Where(connection => connection.Name != "adls-raw")] })] };

    private static string Details(JsonNode? connection) => connection!["detailsReadability"]!.ToJsonString();

    /// <summary>The parameters of a connection that have a secret in them.</summary>
    private static string Secrets(JsonNode? connection) =>
        string.Join(' ', connection!["params"]!.AsObject().Where(one => one.Key is "accessKey" or "appSecret" && one.Value?.ToString() is { Length: > 0 }).Select(one => one.Key));

    private static JsonNode Told(JsonNode? connection)
    {
        connection!.AsObject().Remove("creationTag");
        return connection.DeepClone();
    }
}
