using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A sandbox with a registry, spoken to as docker would speak to it.</summary>
internal sealed class RegistryWorld : IAsyncDisposable
{
    public const string Name = "acrsandbox";
    public const string Host = $"{Name}.azurecr.io";
    public const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Push = "8311e382-0749-4cb8-b61a-304f252e45ec";
    public const string Pull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

    private const string Version = "2025-11-01";
    private const string Resource = $"Microsoft.ContainerRegistry/registries/{Name}";

    private readonly HttpClient _http;

    private RegistryWorld(SandboxClient client, ArmCaller arm) => (Client, Arm, _http) = (client, arm, new HttpClient(SandboxTransport.Handler(client.Endpoints)));

    public SandboxClient Client { get; }

    public ArmCaller Arm { get; }

    public static async Task<RegistryWorld> StartAsync(string properties = "{}", Func<SandboxOptions, SandboxOptions>? with = null)
    {
        var client = await SandboxClient.StartAsync(with);
        var world = new RegistryWorld(client, await ArmCaller.OpenAsync(client));
        await world.MakeAsync(properties);
        return world;
    }

    /// <summary>The world of a folder as it is.</summary>
    public static async Task<RegistryWorld> OpenAsync(string folder)
    {
        var client = await SandboxClient.StartInAsync(folder);
        return new(client, await ArmCaller.OpenAsync(client));
    }

    public Task<JsonNode> MakeAsync(string properties = "{}", string sku = "Premium") =>
        Arm.MakeAsync(Resource, Version, $$"""{"location":"westeurope","sku":{"name":"{{sku}}"},"properties":{{properties}}}""");

    /// <summary>A private endpoint, in a network of its own, that leads to the registry.</summary>
    public async Task AddPrivateEndpointAsync()
    {
        var network = await Arm.MakeAsync("Microsoft.Network/virtualNetworks/vnet", "2025-01-01", """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.1.0.0/16"]},"subnets":[{"name":"snet","properties":{"addressPrefix":"10.1.0.0/24"}}]}}""");
        await Arm.MakeAsync(
            "Microsoft.Network/privateEndpoints/pe",
            "2025-01-01",
            $$$"""{"location":"westeurope","properties":{"subnet":{"id":"{{{network["id"]}}}/subnets/snet"},"privateLinkServiceConnections":[{"name":"registry","properties":{"privateLinkServiceId":"{{{((string)network["id"]!).Split("/providers/")[0]}}}/providers/{{{Resource}}}","groupIds":["registry"]}}]}}""");
    }

    public async Task DeleteAsync()
    {
        using var deleted = await Arm.SendAsync(HttpMethod.Delete, Resource, Version);
        for (var look = 0; look < 5; look++) using (await Arm.SendAsync(HttpMethod.Get, Resource, Version)) { }
    }

    /// <summary>The admin user and a password of his.</summary>
    public async Task<(string Name, string Password)> AdminAsync()
    {
        using var answer = await Arm.SendAsync(HttpMethod.Post, $"{Resource}/listCredentials", Version);
        var body = await SandboxClient.JsonOf(answer);
        return ((string)body["username"]!, (string)body["passwords"]![0]!["value"]!);
    }

    /// <summary>An identity that is given a role at the registry; none where the role is empty.</summary>
    public async Task<string> IdentityAsync(string name, string role)
    {
        var identity = await Arm.MakeAsync($"Microsoft.ManagedIdentity/userAssignedIdentities/{name}", "2024-11-30", """{"location":"westeurope"}""");
        if (role.Length > 0) await AssignAsync((string)identity["properties"]!["principalId"]!, role);
        return (string)identity["properties"]!["clientId"]!;
    }

    public async Task AssignAsync(string principal, string role)
    {
        using var assigned = await Arm.SendAsync(
            HttpMethod.Put,
            $"{Resource}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}",
            "2022-04-01",
            $$$"""{"properties":{"principalId":"{{{principal}}}","principalType":"ServicePrincipal","roleDefinitionId":"/subscriptions/{{{Client.Endpoints.SubscriptionId}}}/providers/Microsoft.Authorization/roleDefinitions/{{{role}}}"} }""");
        Assert.True(assigned.IsSuccessStatusCode, await assigned.Content.ReadAsStringAsync());
    }

    /// <summary>A token of Entra for one of the identities.</summary>
    public async Task<string> EntraAsync(string clientId, string resource = SandboxClient.Arm)
    {
        using var answer = await Client.SendAsync(HttpMethod.Get, $"{Client.Endpoints.Imds}metadata/identity/oauth2/token?api-version=2018-02-01&resource={resource}&client_id={clientId}", token: null, json: null, ("Metadata", "true"));
        return (string)(await SandboxClient.JsonOf(answer))["access_token"]!;
    }

    public Task<HttpResponseMessage> ExchangeAsync(string entra) =>
        PostAsync("oauth2/exchange", ("grant_type", "access_token"), ("service", Host), ("access_token", entra));

    /// <summary>The whole way: token of Entra, refresh token, access token.</summary>
    public async Task<string> SignInAsync(string entra, params string[] scopes)
    {
        using var exchanged = await ExchangeAsync(entra);
        Assert.True(exchanged.IsSuccessStatusCode, await exchanged.Content.ReadAsStringAsync());
        var refresh = (string)(await SandboxClient.JsonOf(exchanged))["refresh_token"]!;
        return await AccessAsync(refresh, scopes);
    }

    public async Task<string> AccessAsync(string refresh, params string[] scopes)
    {
        using var answer = await PostAsync("oauth2/token", [("grant_type", "refresh_token"), ("service", Host), ("refresh_token", refresh), .. scopes.Select(scope => ("scope", scope))]);
        return (string)(await SandboxClient.JsonOf(answer))["access_token"]!;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(part => KeyValuePair.Create(part.Name, part.Value)));
        return await _http.PostAsync(new Uri($"https://{Host}/{path}"), content);
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? token, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), path.StartsWith("https:", StringComparison.Ordinal) ? path : $"https://{Host}{path}");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (body is not null) request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> BasicAsync(string path, string user, string password)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"https://{Host}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return _http.SendAsync(request);
    }

    /// <summary>A token of the deployer for all that can be done with a repository.</summary>
    public async Task<string> OwnerAsync(params string[] repositories) =>
        await SignInAsync(await Client.TokenAsync(SandboxClient.Arm), [.. repositories.Select(repository => $"repository:{repository}:*"), "registry:catalog:*"]);

    /// <summary>Pushes one blob in one piece.</summary>
    public async Task<string> PushBlobAsync(string repository, byte[] content, string token)
    {
        using var answer = await SendAsync("POST", $"/v2/{repository}/blobs/uploads/?digest={Digest(content)}", token, content);
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return Digest(content);
    }

    /// <summary>Pushes an image with one layer, and tells its digest.</summary>
    public async Task<string> PushAsync(string repository, string tag, string token, string content = "layer")
    {
        var layer = Encoding.UTF8.GetBytes(content);
        var manifest = ManifestOf(await PushBlobAsync(repository, "{}"u8.ToArray(), token), await PushBlobAsync(repository, layer, token), layer.Length);
        using var answer = await SendAsync("PUT", $"/v2/{repository}/manifests/{tag}", token, manifest, ("Content-Type", Manifest));
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return Digest(manifest);
    }

    public static byte[] ManifestOf(string config, string layer, int size) => Encoding.UTF8.GetBytes(
        $$$"""{"schemaVersion":2,"mediaType":"{{{Manifest}}}","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":2,"digest":"{{{config}}}"},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{{size}}},"digest":"{{{layer}}}"}]}""");

    public static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public static async Task<string> CodeAsync(HttpResponseMessage answer) => (string)(await SandboxClient.JsonOf(answer))["errors"]![0]!["code"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Client.DisposeAsync();
    }
}
