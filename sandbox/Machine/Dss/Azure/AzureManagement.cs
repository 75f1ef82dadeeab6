using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Resource Manager, as the Python libraries of the plugin ask it.</summary>
internal sealed class AzureManagement(HttpClient http, Func<CancellationToken, Task<string>> token)
{
    private const string Base = "https://management.azure.com";

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>A resource, or null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(string id, string version, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{Base}{id}?api-version={version}", null, cancel);
        if ((int)answer.StatusCode == 404) return null;
        return (JsonObject?)await ReadAsync(answer, cancel);
    }

    public async Task<JsonObject> GetAsync(string id, string version, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{Base}{id}?api-version={version}", null, cancel);
        return (JsonObject)(await ReadAsync(answer, cancel))!;
    }

    public async Task<JsonNode?> PostAsync(string id, string version, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"{Base}{id}?api-version={version}", null, cancel);
        return await ReadAsync(answer, cancel);
    }

    /// <summary>Writes and waits for the operation, then reads what became of it.</summary>
    public async Task<JsonObject> PutAsync(string id, string version, JsonObject body, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"{Base}{id}?api-version={version}", body, cancel);
        var first = (JsonObject)(await ReadAsync(answer, cancel))!;
        return await FollowAsync(answer, cancel) ? await GetAsync(id, version, cancel) : first;
    }

    public async Task DeleteAsync(string id, string version, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"{Base}{id}?api-version={version}", null, cancel);
        if ((int)answer.StatusCode == 404) return;
        await ReadAsync(answer, cancel);
        await FollowAsync(answer, cancel);
    }

    // False where there is no operation to follow.
    private async Task<bool> FollowAsync(HttpResponseMessage begun, CancellationToken cancel)
    {
        var status = begun.Headers.TryGetValues("Azure-AsyncOperation", out var addresses) ? addresses.First() : null;
        var (where, wait) = (status ?? begun.Headers.Location?.ToString(), begun.Headers.RetryAfter?.Delta);
        if (where is null) return false;

        while (true)
        {
            await Task.Delay(wait is { } told && told > Breath ? told : Breath, TimeProvider.System, cancel);
            using var answer = await SendAsync(HttpMethod.Get, where, null, cancel);
            var body = await ReadAsync(answer, cancel);
            wait = answer.Headers.RetryAfter?.Delta;
            if (status is null ? (int)answer.StatusCode != 202 : (string?)body?["status"] is not ("InProgress" or "Running" or "Creating" or "Updating" or "Deleting" or "Accepted")) return Ended(body);
        }
    }

    private static bool Ended(JsonNode? body) =>
        (string?)(body as JsonObject)?["status"] is "Failed" or "Canceled" ? throw new PythonError("HttpResponseError", Told(body!["error"])) : true;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string where, JsonObject? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, where);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token(cancel));
        request.Headers.UserAgent.ParseAdd("azsdk-python-mgmt-containerservice/38.0.0");
        request.Headers.UserAgent.ParseAdd("pid-fd3813c7-273c-5eec-9221-77323f62a148");
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.SendAsync(request, cancel);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        JsonNode? body = null;
        try
        {
            if (text.Length > 0) body = JsonNode.Parse(text);
        }
        catch (JsonException) when (!answer.IsSuccessStatusCode)
        {
            // A gateway's page: its status says enough.
        }

        if (answer.IsSuccessStatusCode) return body;

        // AKS tells its errors without the usual wrapping.
        var error = body?["error"] ?? body;
        throw new PythonError("HttpResponseError", error?["code"] is not null ? Told(error) : $"Operation returned an invalid status '{answer.ReasonPhrase}'") { Code = (string?)error?["code"], Status = (int)answer.StatusCode };
    }

    private static string Told(JsonNode? error) => $"({(string?)error?["code"]}) {(string?)error?["message"]}\nCode: {(string?)error?["code"]}\nMessage: {(string?)error?["message"]}";
}
