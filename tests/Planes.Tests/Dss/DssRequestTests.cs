using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class DssRequestTests
{
    private const string Settings = $"{DssSetup.Api}admin/general-settings";

    [Fact]
    public async Task The_key_is_the_user_and_the_password_is_empty()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Settings, new Reply(200, """{"a": 1}"""));

        var found = await setup.Dss.GetAsync("/admin/general-settings", CancellationToken.None);

        Assert.Equal(1, (int?)found!["a"]);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("key-of-the-deployment-1234:"))}", setup.Remote.Asked.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task Bodies_arrive_as_they_are_and_an_empty_answer_is_none()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("PUT", Settings, new Reply(200));

        var answer = await setup.Dss.PutAsync("admin/general-settings", new JsonObject { ["ü"] = "e:AES:/+=" }, CancellationToken.None);

        Assert.Null(answer);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"ü": "e:AES:/+="}"""), JsonNode.Parse(setup.Remote.Asked.Single().Body)));
        Assert.StartsWith("application/json", setup.Remote.Asked.Single().Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my lake", "admin/connections/my%20lake")]
    [InlineData("a/b?c#d", "admin/connections/a%2Fb%3Fc%23d")]
    [InlineData("ü", "admin/connections/%C3%BC")]
    public async Task Names_are_encoded_on_the_way(string name, string path)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => new Reply(200, "{}");

        await setup.Dss.GetAsync(Dss.Path("admin", "connections", name), CancellationToken.None);

        Assert.Equal($"GET {DssSetup.Api}{path}", setup.Remote.Lines.Single());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_is_refused(string name) => Assert.Throws<ArgumentException>(() => Dss.Path("admin", name));

    [Fact]
    public async Task A_file_travels_in_the_field_called_file()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("POST", $"{DssSetup.Api}plugins/actions/installFromZip", DssSetup.Error(429, "", "busy"), new Reply(200, """{"success": true}"""));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "zip zip");

        await setup.Dss.UploadAsync("plugins/actions/installFromZip", file, CancellationToken.None);
        File.Delete(file);

        Assert.Equal(2, setup.Remote.Asked.Count);
        Assert.All(setup.Remote.Asked, asked => Assert.Matches("name=\"?file\"?;.*\r\n(.*\r\n)*\r\nzip zip", asked.Body));
    }

    [Theory]
    [InlineData("admin/users/X", 404, "com.dataiku.dip.server.controllers.NotFoundException", "user not found")]
    [InlineData("admin/connections/X", 500, "java.lang.IllegalArgumentException", "Connection 'X' does not exist")]
    [InlineData("admin/connections/a%20b", 400, "", "no such connection: a b")]
    [InlineData("admin/code-envs/PYTHON/NAME", 500, "com.dataiku.dip.exceptions.CodedIOException", "PYTHON env NAME doesn't exist")]
    [InlineData("admin/code-envs/PYTHON/NAME", 500, "", "Not a file: /python/NAME/desc.json")]
    [InlineData("projects/SALES/settings", 500, "", "Project not found: SALES")]
    [InlineData("projects/SALES/managedfolders/f1/contents/a.txt?x=y", 500, "", "File not found: /a.txt")]
    [InlineData("admin/connections/X", 404, "", "")]
    public async Task What_is_not_there_is_nothing_however_DSS_says_so(string path, int status, string type, string message)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => message.Length == 0 ? new Reply(status) : DssSetup.Error(status, type, message);

        var found = await setup.Dss.GetAsync(path, CancellationToken.None);
        var text = await setup.Dss.TextAsync(path, CancellationToken.None);
        await setup.Dss.DeleteAsync(path, CancellationToken.None);
        var problem = await DssSetup.ProblemOf(() => setup.Dss.PutAsync(path, new JsonObject(), CancellationToken.None));

        Assert.Null(found);
        Assert.Null(text);
        Assert.Equal(["GET", "GET", "DELETE", "GET", "PUT"], setup.Remote.Asked.Select(asked => asked.Method));
        Assert.NotEqual("Connection to DSS broke", problem.Summary);
    }

    [Theory]
    [InlineData("admin/connections/X", 500, "Group 'data' does not exist")]
    [InlineData("admin/connections/X", 400, "no such interface: ABFX")]
    [InlineData("projects/SALES/settings", 500, "Cluster 'aks1' does not exist")]
    [InlineData("projects/SALES/settings", 500, "settings-2 not found")]
    [InlineData("admin/code-envs/PYTHON/NAME", 500, "python interpreter not found")]
    [InlineData("admin/general-settings", 500, "Not a file: /config/general-settings.json")]
    [InlineData("admin/general-settings", 404, "not found")]
    [InlineData("admin/clusters/", 500, "Plugin 'aks-clusters' does not exist")]
    public async Task What_is_missing_elsewhere_is_no_absence_of_what_was_asked_for(string path, int status, string message)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(status, "java.lang.IllegalArgumentException", message);

        foreach (var asking in new Func<Task>[] { () => setup.Dss.GetAsync(path, CancellationToken.None), () => setup.Dss.TextAsync(path, CancellationToken.None), () => setup.Dss.DeleteAsync(path, CancellationToken.None) })
        {
            Assert.Contains(message, (await DssSetup.ProblemOf(asking)).Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_removed_and_called_missing_is_looked_for_before_it_is_believed()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("DELETE", $"{DssSetup.Api}projects/SALES", DssSetup.Error(500, "", "Cannot delete SALES: its folder does not exist"));
        setup.Remote.On("GET", $"{DssSetup.Api}projects/SALES", new Reply(200, """{"projectKey": "SALES"}"""));

        var problem = await DssSetup.ProblemOf(() => setup.Dss.DeleteAsync("projects/SALES?clearManagedDatasets=false", CancellationToken.None));

        Assert.Contains("Cannot delete SALES", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "Pod X not found")]
    [InlineData(500, "kubeconfig of X does not exist")]
    public async Task A_status_that_names_something_missing_is_a_failure_while_its_thing_is_there(int status, string message)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", $"{DssSetup.Api}admin/clusters/X/status", _ => DssSetup.Error(status, "", message));
        setup.Remote.On("GET", $"{DssSetup.Api}admin/clusters/X", new Reply(200, """{"id": "X"}"""), DssSetup.Error(500, "", "Cluster 'X' does not exist"));
        var life = new DssClusterLife(setup.Dss, "X");

        var problem = await DssSetup.ProblemOf(() => life.StatusAsync(CancellationToken.None));
        var gone = await life.StatusAsync(CancellationToken.None);

        Assert.Contains(message, problem.Detail, StringComparison.Ordinal);
        Assert.Null(gone);
    }

    [Theory]
    [InlineData("connections/X/test", 500, "Connection X: container 'raw' does not exist")]
    [InlineData("projects/SALES/runnables/m/result/r1", 404, "Run r1 not found")]
    public async Task A_question_that_names_something_missing_is_a_failure(string path, int status, string message)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(status, "", message);

        Assert.Contains(message, (await DssSetup.ProblemOf(() => setup.Dss.AnswerAsync(path, CancellationToken.None))).Detail, StringComparison.Ordinal);
        Assert.Contains(message, (await DssSetup.ProblemOf(() => setup.Dss.AnswerTextAsync(path, CancellationToken.None))).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_asked_again(int status)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Settings, status == 502 ? DssSetup.Page(502, "502 Bad Gateway") : DssSetup.Error(status, "java.lang.NullPointerException", "oops"), new Reply(200, "{}"));
        setup.Remote.On("PUT", Settings, status == 502 ? DssSetup.Page(502, "502 Bad Gateway") : DssSetup.Error(status, "java.lang.NullPointerException", "oops"), new Reply(200));
        setup.Remote.On("DELETE", Settings, DssSetup.Error(status, "", "oops"), new Reply(204));

        Assert.NotNull(await setup.Dss.GetAsync("admin/general-settings", CancellationToken.None));
        await setup.Dss.PutAsync("admin/general-settings", new JsonObject(), CancellationToken.None);
        await setup.Dss.DeleteAsync("admin/general-settings", CancellationToken.None);

        Assert.Equal(6, setup.Remote.Asked.Count);
    }

    [Fact]
    public async Task A_connection_that_is_cut_and_an_answer_that_is_cut_are_asked_again()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", Settings, Reply.Drop, new Reply(200, """{"containerSettings": {"exec"""), new Reply(200, """{"a": 1}"""));

        Assert.Equal(1, (int?)(await setup.Dss.GetAsync("admin/general-settings", CancellationToken.None))!["a"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task What_may_have_begun_is_not_begun_again(int status)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => status == 0 ? Reply.Drop : DssSetup.Error(status, "java.lang.NullPointerException", "oops");

        await DssSetup.ProblemOf(() => setup.Dss.PostAsync("admin/clusters/a/actions/start", null, CancellationToken.None));

        Assert.Single(setup.Remote.Asked);
    }

    [Fact]
    public async Task A_POST_that_DSS_did_not_take_is_sent_again_when_it_says()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("POST", $"{DssSetup.Api}projects/", DssSetup.Error(429, "", "slow down").With("Retry-After", "7"), new Reply(200, "Created"));

        var answer = await setup.Dss.PostAsync("projects/", new JsonObject(), CancellationToken.None);

        Assert.Null(answer);
        Assert.Contains(7, setup.Clock.Seconds);
    }

    [Theory]
    [InlineData("com.dataiku.dip.exceptions.CodedException", "Bad name")]
    [InlineData("java.lang.IllegalArgumentException", "Wrong type")]
    public async Task What_is_wrong_for_good_is_asked_once(string type, string message)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(500, type, message);

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("admin/general-settings", CancellationToken.None));

        Assert.Single(setup.Remote.Asked);
        Assert.Equal("DSS failed inside", problem.Summary);
        Assert.Contains(message, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "Unknown API Key", "DSS does not know the key")]
    [InlineData(403, "Action forbidden, you are not admin", "Key may not do this")]
    [InlineData(403, "DSS API is not available with your Free Edition license", "API of DSS is closed")]
    [InlineData(400, "One of the container execution configurations references an unknown image build configuration.", "Image build configuration is missing")]
    [InlineData(409, "Name is used", "DSS refuses it")]
    public async Task Errors_are_told_in_words(int status, string message, string summary)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(status, "com.dataiku.dip.exceptions.CodedException", message);

        var problem = await DssSetup.ProblemOf(() => setup.Dss.PutAsync("admin/general-settings", new JsonObject(), CancellationToken.None));

        Assert.Equal(summary, problem.Summary);
    }

    [Theory]
    [InlineData(200, "Sign in", "Something else answers for DSS")]
    [InlineData(404, "Not Found", "Something else answers for DSS")]
    [InlineData(502, "502 Bad Gateway", "DSS is not up")]
    public async Task A_page_of_somebody_else_is_no_answer(int status, string title, string summary)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Page(status, title);

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("admin/general-settings", CancellationToken.None));

        Assert.Equal(summary, problem.Summary);
        Assert.Contains(title, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_made_anew_in_this_run_is_fetched()
    {
        var keys = new Queue<Secret?>([new("old-key-that-was-revoked"), new("new-key-of-this-run")]);
        await using var setup = await DssSetup.StartAsync(options => options with { Key = _ => Task.FromResult(keys.Dequeue()) });
        setup.Remote.Otherwise = asked => asked.Headers["Authorization"].EndsWith(Convert.ToBase64String("new-key-of-this-run:"u8), StringComparison.Ordinal) ? new Reply(200, "{}") : DssSetup.Error(401, "", "Unknown API Key");

        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
        Assert.Equal(3, setup.Remote.Asked.Count);
    }

    [Fact]
    public async Task Without_a_key_nobody_is_asked()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Key = _ => Task.FromResult<Secret?>(null) });

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Equal("No key for DSS", problem.Summary);
        Assert.Null(await setup.Dss.LookAsync(CancellationToken.None));
        Assert.Empty(setup.Remote.Asked);
    }

    [Fact]
    public async Task An_echoed_key_is_masked()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Error(400, "", "Bad key key-of-the-deployment-1234 given");

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Contains("Bad key (secret) given", problem.Detail, StringComparison.Ordinal);
    }
}
