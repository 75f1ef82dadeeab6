using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A sandbox of one test, and a plain HTTP client that is signed in to it.</summary>
public sealed class SandboxClient : IAsyncDisposable
{
    public const string Arm = "https://management.azure.com";
    public const string Vault = "https://vault.azure.net";
    public const string Storage = "https://storage.azure.com";

    private readonly TemporaryFolder? _folder;
    private readonly HttpClient _http;

    private SandboxClient(SandboxServer server, TemporaryFolder? folder)
    {
        (Server, _folder) = (server, folder);
        _http = new HttpClient(SandboxTransport.Handler(server.Endpoints));
    }

    public SandboxServer Server { get; }

    public SandboxEndpoints Endpoints => Server.Endpoints;

    public string Group(string name) => $"{Endpoints.Arm}subscriptions/{Endpoints.SubscriptionId}/resourceGroups/{name}?api-version=2025-04-01";

    public static async Task<SandboxClient> StartAsync(Func<SandboxOptions, SandboxOptions>? with = null)
    {
        var folder = new TemporaryFolder();
        var options = new SandboxOptions { StateFolder = folder.Path };
        return new SandboxClient(await SandboxServer.StartAsync(with?.Invoke(options) ?? options, CancellationToken.None), folder);
    }

    /// <summary>A sandbox in a folder that outlives it.</summary>
    public static async Task<SandboxClient> StartInAsync(string folder, Func<SandboxOptions, SandboxOptions>? with = null)
    {
        var options = new SandboxOptions { StateFolder = folder };
        return new(await SandboxServer.StartAsync(with?.Invoke(options) ?? options, CancellationToken.None), folder: null);
    }

    public Task<HttpResponseMessage> SignInAsync(Dictionary<string, string> form, string? tenant = null) =>
        _http.PostAsync($"{Endpoints.Authority}{tenant ?? Endpoints.TenantId}/oauth2/v2.0/token", new FormUrlEncodedContent(form));

    public async Task<string> TokenAsync(string resource)
    {
        using var answer = await SignInAsync(SecretForm(resource));
        return (string)(await JsonOf(answer))["access_token"]!;
    }

    public Dictionary<string, string> SecretForm(string resource) => new(StringComparer.Ordinal)
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Endpoints.ClientId,
        ["client_secret"] = Endpoints.ClientSecret,
        ["scope"] = $"{resource}/.default",
    };

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, string? token, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, url);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return _http.SendAsync(request);
    }

    public static async Task<JsonNode> JsonOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        _folder?.Dispose();
    }
}
