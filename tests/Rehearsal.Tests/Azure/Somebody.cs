using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Somebody else with rights in the same Azure, over plain HTTP.</summary>
public sealed class Somebody(SandboxEndpoints endpoints) : IDisposable
{
    private readonly HttpClient http = new(SandboxTransport.Handler(endpoints));

    public Task PutAsync(string path, string apiVersion, object body) => SendAsync(HttpMethod.Put, path, apiVersion, Json.Of(body));

    public Task PatchAsync(string path, string apiVersion, object body) => SendAsync(HttpMethod.Patch, path, apiVersion, Json.Of(body));

    public Task DeleteAsync(string path, string apiVersion) => SendAsync(HttpMethod.Delete, path, apiVersion);

    /// <summary>As whoever may do everything in the group: locks are taken off for that and laid on again.</summary>
    public async Task DeleteUnderLocksAsync(string path, string group, string apiVersion)
    {
        const string version = "2020-05-01";
        var locks = Pointer.At(await GetAsync($"{group}/providers/Microsoft.Authorization/locks", version), "/value") as JsonArray ?? [];
        foreach (var held in locks) await DeleteAsync($"{held!["id"]}", version);
        await DeleteAsync(path, apiVersion);
        foreach (var held in locks) await PutAsync($"{held!["id"]}", version, new { properties = held["properties"]!.DeepClone() });
    }

    /// <summary>Asks the thing at the path to do something, and looks until it has been done.</summary>
    public async Task PostAsync(string path, string apiVersion)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, apiVersion, null);
        answer.EnsureSuccessStatusCode();
        await FinishedAsync(path[..path.LastIndexOf('/')], apiVersion, isDeleted: false);
    }

    /// <summary>What an action that is done at once answers.</summary>
    public async Task<JsonNode?> ToldAsync(string path, string apiVersion, object? body = null)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, apiVersion, body is null ? null : Json.Of(body));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonNode>();
    }

    public async Task<JsonNode?> GetAsync(string path, string apiVersion)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, apiVersion, null);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    public void Dispose() => http.Dispose();

    /// <summary>Sends the request and looks until Azure has finished what it asks for.</summary>
    private async Task SendAsync(HttpMethod method, string path, string apiVersion, JsonNode? body = null)
    {
        using var answer = await AskAsync(method, path, apiVersion, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await FinishedAsync(path, apiVersion, method == HttpMethod.Delete);
    }

    private async Task FinishedAsync(string path, string apiVersion, bool isDeleted)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1);)
        {
            var state = Pointer.At(await GetAsync(path, apiVersion), "/properties/provisioningState")?.ToString();
            if (state is null || (!isDeleted && state is "Succeeded")) return;
        }

        throw new InvalidOperationException($"Azure did not finish {path} within a minute.");
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string apiVersion, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, $"{endpoints.Arm}{path.TrimStart('/')}?api-version={apiVersion}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        if (body is not null) request.Content = JsonContent.Create(body);
        return await http.SendAsync(request);
    }

    private async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = endpoints.ClientId,
            ["client_secret"] = endpoints.ClientSecret,
            ["scope"] = "https://management.azure.com/.default",
        });
        using var answer = await http.PostAsync($"{endpoints.Authority}{endpoints.TenantId}/oauth2/v2.0/token", form);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString();
    }
}
