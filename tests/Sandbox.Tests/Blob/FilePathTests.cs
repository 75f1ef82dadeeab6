using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A storage account as ABFS sees it.</summary>
public sealed class FilePathTests
{
    private const string System = "https://stone.dfs.core.windows.net/data";

    [Fact]
    public async Task A_file_is_appended_to_and_seen_once_it_is_flushed_at_both_addresses()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Storage);
        await MustAsync(sandbox, token, "PUT", "?resource=filesystem");
        await MustAsync(sandbox, token, "PUT", "/raw/part-0?resource=file");

        await MustAsync(sandbox, token, "PATCH", "/raw/part-0?action=append&position=0", "one ");
        await MustAsync(sandbox, token, "PATCH", "/raw/part-0?action=append&position=4", "two");
        using var early = await SendAsync(sandbox, token, "GET", "/raw/part-0");
        using var wrong = await SendAsync(sandbox, token, "PATCH", "/raw/part-0?action=flush&position=5");
        await MustAsync(sandbox, token, "PATCH", "/raw/part-0?action=flush&position=7");
        using var read = await SendAsync(sandbox, token, "GET", "/raw/part-0");
        using var blob = await sandbox.SendAsync(HttpMethod.Get, "https://stone.blob.core.windows.net/data/raw/part-0", token);

        Assert.Equal("", await early.Content.ReadAsStringAsync());
        BlobCaller.AssertRefused(HttpStatusCode.BadRequest, "InvalidFlushPosition", wrong);
        Assert.Equal("one two", await read.Content.ReadAsStringAsync());
        Assert.Equal("one two", await blob.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Directories_are_listed_and_removed_with_all_below()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Storage);
        await MustAsync(sandbox, token, "PUT", "?resource=filesystem");
        foreach (var file in (string[])["a/b/one", "a/two", "three"]) await MustAsync(sandbox, token, "PUT", $"/{file}?resource=file");
        await MustAsync(sandbox, token, "PUT", "/empty?resource=directory");

        var top = await NamesAsync(sandbox, token, "?resource=filesystem&recursive=false");
        var all = await NamesAsync(sandbox, token, "?resource=filesystem&recursive=true&directory=a");
        using var full = await SendAsync(sandbox, token, "DELETE", "/a");
        await MustAsync(sandbox, token, "DELETE", "/a?recursive=true");
        using var gone = await SendAsync(sandbox, token, "HEAD", "/a/two");

        Assert.Equal(["a/", "empty/", "three"], top);
        Assert.Equal(["a/b/", "a/b/one", "a/two"], all);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "DirectoryNotEmpty", full);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(["empty/", "three"], await NamesAsync(sandbox, token, "?resource=filesystem&recursive=true"));
    }

    [Theory]
    [InlineData("GET", "/none", HttpStatusCode.NotFound, "PathNotFound")]
    [InlineData("PUT", "?resource=filesystem", HttpStatusCode.Conflict, "FilesystemAlreadyExists")]
    [InlineData("PATCH", "/none?action=append&position=0", HttpStatusCode.NotFound, "PathNotFound")]
    [InlineData("GET", "other?resource=filesystem", HttpStatusCode.NotFound, "FilesystemNotFound")]
    public async Task A_wrong_request_is_refused_in_the_words_of_the_service(string method, string path, HttpStatusCode status, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var token = await sandbox.TokenAsync(SandboxClient.Storage);
        await MustAsync(sandbox, token, "PUT", "?resource=filesystem");

        using var answer = await SendAsync(sandbox, token, method, path);

        BlobCaller.AssertRefused(status, code, answer);
        Assert.Equal(code, (string?)(await SandboxClient.JsonOf(answer))["error"]!["code"]);
    }

    private static Task<HttpResponseMessage> SendAsync(SandboxClient sandbox, string token, string method, string path, string? body = null) =>
        sandbox.SendAsync(new HttpMethod(method), System + path, token, body);

    private static async Task MustAsync(SandboxClient sandbox, string token, string method, string path, string? body = null)
    {
        using var answer = await SendAsync(sandbox, token, method, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IEnumerable<string>> NamesAsync(SandboxClient sandbox, string token, string query)
    {
        using var answer = await SendAsync(sandbox, token, "GET", query);
        return (await SandboxClient.JsonOf(answer))["paths"]!.AsArray().Select(path => $"{path!["name"]}{((string?)path["isDirectory"] == "true" ? "/" : "")}");
    }
}
