using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class SecretTests
{
    [Fact]
    public async Task The_first_answer_says_where_a_token_comes_from()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, Url(sandbox, "secrets/one"), token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal($"Bearer authorization=\"{sandbox.Endpoints.Authority}{sandbox.Endpoints.TenantId}\", resource=\"https://vault.azure.net\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Setting_a_secret_again_makes_a_new_version_and_keeps_the_old()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        var first = await SandboxClient.JsonOf(await SetAsync(sandbox, token, "one", """{"value":"a","tags":{"k":"v"},"contentType":"text/plain"}"""));
        await SetAsync(sandbox, token, "one", """{"value":"b"}""");
        var newest = await GetAsync(sandbox, token, "secrets/one");
        var oldest = await GetAsync(sandbox, token, new Uri((string)first["id"]!).AbsolutePath.Trim('/'));
        var versions = await GetAsync(sandbox, token, "secrets/one/versions");

        Assert.Equal("b", (string?)newest["value"]);
        Assert.Equal("a", (string?)oldest["value"]);
        Assert.Equal("v", (string?)oldest["tags"]!["k"]);
        Assert.Equal(2, versions["value"]!.AsArray().Count);
        Assert.All(versions["value"]!.AsArray(), version => Assert.Null(version!["value"]));
    }

    [Fact]
    public async Task A_list_names_every_secret_and_tells_none()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);
        await SetAsync(sandbox, token, "two", """{"value":"hidden-2"}""");
        await SetAsync(sandbox, token, "one", """{"value":"hidden-1"}""");

        var list = await GetAsync(sandbox, token, "secrets");

        Assert.Equal(["https://kv-one.vault.azure.net/secrets/one", "https://kv-one.vault.azure.net/secrets/two"], list["value"]!.AsArray().Select(item => (string)item!["id"]!));
        Assert.DoesNotContain("hidden", list.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_secret_keeps_its_name_until_it_is_recovered_or_purged()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);
        await SetAsync(sandbox, token, "one", """{"value":"a"}""");

        using var deleted = await sandbox.SendAsync(HttpMethod.Delete, Url(sandbox, "secrets/one"), token);
        using var gone = await sandbox.SendAsync(HttpMethod.Get, Url(sandbox, "secrets/one"), token);
        using var taken = await SetAsync(sandbox, token, "one", """{"value":"b"}""");
        using var recovered = await sandbox.SendAsync(HttpMethod.Post, Url(sandbox, "deletedsecrets/one/recover"), token);
        var back = await GetAsync(sandbox, token, "secrets/one");
        await sandbox.SendAsync(HttpMethod.Delete, Url(sandbox, "secrets/one"), token);
        using var purged = await sandbox.SendAsync(HttpMethod.Delete, Url(sandbox, "deletedsecrets/one"), token);
        using var free = await SetAsync(sandbox, token, "one", """{"value":"c"}""");

        Assert.Equal("https://kv-one.vault.azure.net/deletedsecrets/one", (string?)(await SandboxClient.JsonOf(deleted))["recoveryId"]);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Equal("ObjectIsDeletedButRecoverable", (string?)(await SandboxClient.JsonOf(taken))["error"]!["innererror"]!["code"]);
        Assert.Equal(HttpStatusCode.OK, recovered.StatusCode);
        Assert.Equal("a", (string?)back["value"]);
        Assert.Equal(HttpStatusCode.NoContent, purged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task A_disabled_version_cannot_be_read()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);
        var secret = await SandboxClient.JsonOf(await SetAsync(sandbox, token, "one", """{"value":"a"}"""));

        using var patched = await sandbox.SendAsync(HttpMethod.Patch, Url(sandbox, new Uri((string)secret["id"]!).AbsolutePath.Trim('/')), token, """{"attributes":{"enabled":false}}""");
        using var read = await sandbox.SendAsync(HttpMethod.Get, Url(sandbox, "secrets/one"), token);

        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [Theory]
    [InlineData("GET", "secrets/none?api-version=7.4", null, HttpStatusCode.NotFound, "SecretNotFound")]
    [InlineData("PUT", "secrets/one?api-version=7.4", "{}", HttpStatusCode.BadRequest, "BadParameter")]
    [InlineData("PUT", "secrets/one?api-version=7.4", "not json", HttpStatusCode.BadRequest, "BadParameter")]
    [InlineData("PUT", "secrets/a_b?api-version=7.4", """{"value":"a"}""", HttpStatusCode.BadRequest, "BadParameter")]
    [InlineData("GET", "secrets/one", null, HttpStatusCode.BadRequest, "BadParameter")]
    [InlineData("GET", "keys/one?api-version=7.4", null, HttpStatusCode.NotFound, "NotFound")]
    public async Task A_wrong_request_is_refused_in_the_words_of_the_vault(string method, string path, string? body, HttpStatusCode status, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Vault);

        using var answer = await sandbox.SendAsync(new HttpMethod(method), $"{sandbox.Endpoints.KeyVault}kv-one/{path}", token, body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (string?)(await SandboxClient.JsonOf(answer))["error"]!["code"]);
    }

    [Fact]
    public async Task Secrets_outlive_a_restart_in_a_file_of_their_owner()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await SandboxClient.StartInAsync(folder.Path))
        {
            await SetAsync(before, await before.TokenAsync(SandboxClient.Vault), "one", """{"value":"kept"}""");
        }

        await using var after = await SandboxClient.StartInAsync(folder.Path);
        var secret = await GetAsync(after, await after.TokenAsync(SandboxClient.Vault), "secrets/one");

        Assert.Equal("kept", (string?)secret["value"]);
        Assert.All(Directory.GetFiles(Path.Combine(folder.Path, "vaults")), PrivateFile.AssertPrivate);
    }

    private static string Url(SandboxClient sandbox, string path) => $"{sandbox.Endpoints.KeyVault}kv-one/{path}?api-version=7.4";

    private static Task<HttpResponseMessage> SetAsync(SandboxClient sandbox, string token, string name, string body) =>
        sandbox.SendAsync(HttpMethod.Put, Url(sandbox, $"secrets/{name}"), token, body);

    private static async Task<System.Text.Json.Nodes.JsonNode> GetAsync(SandboxClient sandbox, string token, string path) =>
        await SandboxClient.JsonOf(await sandbox.SendAsync(HttpMethod.Get, Url(sandbox, path), token));
}
