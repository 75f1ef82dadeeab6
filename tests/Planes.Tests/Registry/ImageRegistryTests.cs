using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Planes.Tests;

/// <summary>The plane against the sandbox's registries over TLS, on a clock on which waiting costs nothing.</summary>
public sealed class ImageRegistryTests : IAsyncLifetime
{
    private const string Name = "acrrehearsal";
    private const string Repository = "dku-exec-base";
    private const string Group = "/subscriptions/" + SandboxIds.Subscription + "/resourceGroups/rg";
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly string folder = Directory.CreateTempSubdirectory("planes-tests-").FullName;
    private readonly SkippingClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly Redactor redactor = new();
    private SandboxServer sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, Clock = clock, TokenLifetime = TimeSpan.FromDays(1) }, default);
        var arm = new Arm(new ArmOptions { Deployment = "prod", Endpoints = Endpoints }, Credential, clock);
        await new Providers(arm, clock).RegisterAsync(SandboxIds.Subscription, "Microsoft.ContainerRegistry", default);
        await new Thing(arm, Group, new { location = "westeurope" }, version: "2025-04-01").RollAsync();
        await MakeAsync("Enabled");
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_image_is_found_by_tag_and_by_digest_and_an_absent_one_is_nothing()
    {
        var digest = await PushAsync("dss-14");

        var byTag = await Registry.FindAsync(Name, Repository, "dss-14", default);
        var byDigest = await Registry.FindAsync(Name, Repository, digest, default);

        Assert.Equal(new RegistryImage(digest, Manifest), byTag);
        Assert.Equal(byTag, byDigest);
        Assert.Null(await Registry.FindAsync(Name, Repository, "dss-15", default));
        Assert.Null(await Registry.FindAsync(Name, "nobody/has", "dss-14", default));
    }

    [Fact]
    public async Task Tags_are_listed_to_the_last_page()
    {
        foreach (var tag in (string[])["1", "2", "3"]) await PushAsync(tag);

        Assert.Equal(["1", "2", "3"], await new ImageRegistry(Endpoints, Credential, redactor, clock) { PageSize = 2 }.TagsAsync(Name, Repository, default));
        Assert.Empty(await Registry.TagsAsync(Name, "nobody/has", default));
        Assert.Equal(2, sandbox.Requests.Count(request => request.Path.EndsWith($"/{Repository}/tags/list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_questions_take_one_exchange_and_one_token_for_each_repository()
    {
        await PushAsync("1");
        var registry = Registry;
        var before = sandbox.Requests.Count;

        for (var look = 0; look < 3; look++) await registry.FindAsync(Name, Repository, "1", default);
        await registry.FindAsync(Name, "other", "1", default);

        var asked = sandbox.Requests.Skip(before).Where(request => request.Endpoint == Endpoint.Registry).ToList();
        Assert.Single(asked, request => request.Path.EndsWith("/oauth2/exchange", StringComparison.Ordinal));
        Assert.Equal(2, asked.Count(request => request.Path.EndsWith("/oauth2/token", StringComparison.Ordinal)));
        Assert.Equal(4, asked.Count(request => request.Method == "HEAD"));
    }

    [Theory]
    [InlineData("429@* * on=registry times=2 retry-after=3")]
    [InlineData("503@HEAD * on=registry times=2")]
    [InlineData("502@POST * on=registry times=2")]
    [InlineData("401@HEAD * on=registry times=2")]
    [InlineData("drop-before@* * on=registry times=2")]
    [InlineData("drop-after@* * on=registry times=2")]
    [InlineData("role-delay@* * on=registry times=5")]
    [InlineData("short-token@* * on=registry lifetime=1s")]
    public async Task Faults_on_the_way_are_outlived(string fault)
    {
        var digest = await PushAsync("1");
        var registry = Registry;
        await registry.FindAsync(Name, "other", "1", default);
        sandbox.Faults.Add(FaultScript.Parse(fault).OrThrow());

        Assert.Equal(digest, (await registry.FindAsync(Name, Repository, "1", default))?.Digest);
        Assert.Contains(sandbox.Requests, request => request.Fault is not null);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_run_outlives_the_tokens_of_the_registry(int hours)
    {
        var digest = await PushAsync("1");
        var registry = Registry;
        await registry.FindAsync(Name, Repository, "1", default);

        clock.Skip(TimeSpan.FromHours(hours));

        Assert.Equal(digest, (await registry.FindAsync(Name, Repository, "1", default))?.Digest);
    }

    [Fact]
    public async Task Rights_are_waited_for_as_long_as_a_grant_takes_and_only_once()
    {
        sandbox.Faults.Add(FaultScript.Parse("role-delay@* * on=registry").OrThrow());
        var registry = Registry;
        var before = clock.Seconds.Sum();

        var first = await Assert.ThrowsAsync<ProblemException>(() => registry.FindAsync(Name, Repository, "1", default));
        var waited = clock.Seconds.Sum() - before;
        await Assert.ThrowsAsync<ProblemException>(() => registry.TagsAsync(Name, Repository, default));

        Assert.Equal(before + waited, clock.Seconds.Sum());
        Assert.Equal("Not allowed in the registry", first.Problems[0].Summary);
        Assert.Contains($"{Name}.azurecr.io/{Repository}:1", first.Problems[0].Detail, StringComparison.Ordinal);
        Assert.InRange(waited, 120, 900);
    }

    [Fact]
    public async Task A_closed_network_is_not_waited_for()
    {
        await MakeAsync("Disabled");
        var before = clock.Waits.Count;

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Registry.FindAsync(Name, Repository, "1", default));

        Assert.Equal("Registry closed to this network", failure.Problems[0].Summary);
        Assert.Contains("lets nobody in from 127.0.0.1", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(clock.Waits.Skip(before), wait => wait < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_never_answers_is_told_soon_in_the_words_of_Azure()
    {
        var registry = new ImageRegistry(Endpoints with { Registry = "https://127.0.0.1:1/{name}" }, Credential, redactor, clock);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => registry.FindAsync(Name, Repository, "1", default));

        Assert.Equal("Connection refused", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task Another_registry_than_was_made_is_told()
    {
        var failure = await Assert.ThrowsAsync<ProblemException>(() => Registry.FindAsync("acrother", Repository, "1", default));

        Assert.Equal("No registry answers there", failure.Problems[0].Summary);
    }

    private ImageRegistry Registry => new(Endpoints, Credential, redactor, clock);

    private AzureEndpoints Endpoints => new() { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile, Registry = $"{sandbox.Endpoints.Registry}{{name}}" };

    private TokenCredential Credential => Credentials.For(
        new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) },
        Endpoints,
        new Redactor(),
        clock);

    private async Task MakeAsync(string access)
    {
        var arm = new Arm(new ArmOptions { Deployment = "prod", Endpoints = Endpoints }, Credential, clock);
        await new Thing(arm, $"{Group}/providers/Microsoft.ContainerRegistry/registries/{Name}", new { location = "westeurope", sku = new { name = "Premium" }, properties = new { publicNetworkAccess = access } }, version: "2025-11-01").RollAsync();
    }

    /// <summary>Pushes an image without layers, as somebody else would.</summary>
    private async Task<string> PushAsync(string tag)
    {
        using var http = Trust.Client(Endpoints);
        var config = Encoding.UTF8.GetBytes($$"""{"tag":"{{tag}}"}""");
        var manifest = Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"{{{Manifest}}}","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{{config.Length}}},"digest":"{{{Digest(config)}}}"},"layers":[]}""");
        var token = await AccessAsync(http);
        await SendAsync(http, HttpMethod.Post, $"blobs/uploads/?digest={Digest(config)}", token, config, "application/octet-stream");
        await SendAsync(http, HttpMethod.Put, $"manifests/{tag}", token, manifest, Manifest);
        return Digest(manifest);
    }

    private async Task<string> AccessAsync(HttpClient http)
    {
        var entra = await Credential.GetTokenAsync(new TokenRequestContext(["https://containerregistry.azure.net/.default"]), default);
        var refresh = await FormAsync(http, "exchange", ("grant_type", "access_token"), ("access_token", entra.Token));
        return (string)(await FormAsync(http, "token", ("grant_type", "refresh_token"), ("refresh_token", (string)refresh["refresh_token"]!), ("scope", $"repository:{Repository}:pull,push")))["access_token"]!;
    }

    private async Task<JsonNode> FormAsync(HttpClient http, string what, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Append(("service", $"{Name}.azurecr.io")).Select(part => KeyValuePair.Create(part.Item1, part.Item2)));
        using var answer = await http.PostAsync(new Uri($"{sandbox.Endpoints.Registry}{Name}/oauth2/{what}"), content);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task SendAsync(HttpClient http, HttpMethod method, string path, string token, byte[] body, string type)
    {
        using var request = new HttpRequestMessage(method, $"{sandbox.Endpoints.Registry}{Name}/v2/{Repository}/{path}") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new("Bearer", token);
        request.Content.Headers.ContentType = new(type);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
