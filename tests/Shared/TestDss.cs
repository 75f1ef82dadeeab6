using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Sandbox;

namespace DssPipeline.Tests;

/// <summary>A DSS of the sandbox for one test, in this process, over a folder that goes with it.</summary>
public sealed class TestDss : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dss-");
    private SandboxDssOptions options = new() { Folder = "" };
    private SandboxDss dss = null!;
    private HttpClient client = null!;

    private TestDss()
    {
    }

    public Uri Address => dss.Address;

    /// <summary>The same API, which no fault and nobody's hook stands before.</summary>
    public Uri Backend => dss.Backend;

    public string AdminKey => dss.AdminKey;

    public string Folder => folder.FullName;

    public Faults Faults => options.Faults;

    public IReadOnlyList<LoggedRequest> Requests => dss.Requests;

    public static Task<TestDss> StartAsync(string version = "13.5.5", string habits = "") => StartAsync(new SandboxDssOptions { Folder = "", Version = version, Habits = habits });

    public static async Task<TestDss> StartAsync(SandboxDssOptions options)
    {
        var test = new TestDss();
        test.options = options with { Folder = test.Folder };
        await test.StartAsync();
        return test;
    }

    /// <summary>Ends it and starts it again over the same folder, at the same address; keys made before go on being known.</summary>
    public Task RestartAsync() => RestartAsync(options.Version);

    /// <summary>The same as another version, as after an upgrade.</summary>
    public async Task RestartAsync(string version)
    {
        await dss.DisposeAsync();
        client.Dispose();
        options = options with { Habits = null, Version = version };
        await StartAsync();
    }

    public void Behave(string habits) => dss.Behave(habits);

    /// <summary>The plain text of a secret as its files keep it.</summary>
    public string Open(string kept) => dss.Open(kept);

    /// <summary>Whether somebody gets in with this password.</summary>
    public async Task<bool> LetsInAsync(string login, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["login"] = login, ["password"] = password });
        using var answer = await client.PostAsync(new Uri("dip/api/login", UriKind.Relative), form);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Status and JSON of a call, its path given without the prefix of the public API.</summary>
    public async Task<(int Status, JsonNode? Body)> AskAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"public/api/{path}");
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null);
    }

    /// <summary>The JSON of a call that must succeed; an empty object where the answer is empty.</summary>
    public async Task<JsonNode> MustAsync(string method, string path, object? body = null)
    {
        var (status, answer) = await AskAsync(method, path, body);
        Assert.True(status == 200, $"{method} {path}: {status} {answer?.ToJsonString()}");
        return answer ?? new JsonObject();
    }

    /// <summary>The text of a file, a log or a result.</summary>
    public Task<string> TextAsync(string path) => client.GetStringAsync(new Uri($"public/api/{path}", UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await dss.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        dss = await SandboxDss.StartAsync(options, TestContext.Current.CancellationToken);
        client = new HttpClient { BaseAddress = dss.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AdminKey}:")));
    }
}
