using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Tokens for what DSS does in Azure: as an application, or as an identity of the machine.</summary>
internal sealed class AzureSignIn(HttpClient http)
{
    private const string Metadata = "http://169.254.169.254/metadata";

    public async Task<string> ApplicationAsync(string tenant, string application, string secret, string resource, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = application,
            ["client_secret"] = secret,
            ["scope"] = $"{resource}/.default",
        });
        using var response = await http.PostAsync(new Uri($"https://login.microsoftonline.com/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token"), form, cancel);
        return await TokenAsync(response, "ClientSecretCredential authentication failed", cancel);
    }

    /// <summary>The identity of the machine, or one of its user-assigned ones by client id or resource id.</summary>
    public async Task<string> MachineAsync(string? identity, string resource, CancellationToken cancel)
    {
        var which = string.IsNullOrEmpty(identity) ? "" : identity.StartsWith('/') ? $"&msi_res_id={Uri.EscapeDataString(identity)}" : $"&client_id={Uri.EscapeDataString(identity)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Metadata}/identity/oauth2/token?api-version=2018-02-01&resource={Uri.EscapeDataString(resource)}{which}");
        request.Headers.Add("Metadata", "true");
        using var response = await http.SendAsync(request, cancel);
        return await TokenAsync(response, "ManagedIdentityCredential authentication unavailable", cancel);
    }

    /// <summary>What the machine is told of itself.</summary>
    public async Task<JsonNode> InstanceAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Metadata}/instance?api-version=2019-04-30");
        request.Headers.Add("metadata", "true");
        using var response = await http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{(int)response.StatusCode} Client Error: {response.ReasonPhrase} for url: {request.RequestUri}");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancel))!;
    }

    private static async Task<string> TokenAsync(HttpResponseMessage response, string failed, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        JsonNode? body = null;
        try
        {
            body = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A gateway's page: told as it is.
        }

        return (string?)body?["access_token"] ?? throw new HttpRequestException($"{failed}: {(string?)body?["error_description"] ?? (string?)body?["error"] ?? text}");
    }
}
