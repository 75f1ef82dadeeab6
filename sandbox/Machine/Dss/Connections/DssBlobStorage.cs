using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace DssPipeline.Sandbox;

/// <summary>The blob storage behind an Azure connection, asked as DSS asks it: with the account's key, or with a token of an application.</summary>
internal sealed class DssBlobStorage(DssInstance dss, JsonObject connection)
{
    private const string Resource = "https://storage.azure.com";

    private JsonObject Parameters => (JsonObject)connection["params"]!;

    private string Account => Text("storageAccount");

    /// <summary>The container that managed data goes to.</summary>
    public string Container => Text("chcontainer") is { Length: > 0 } only ? only : Text("defaultManagedContainer");

    /// <summary>What is in front of every path of this connection.</summary>
    public string Root => Text("chroot");

    /// <summary>Why the storage cannot be reached with this connection; null when it can.</summary>
    public async Task<string?> ProblemAsync()
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Get, Container.Length > 0 ? $"{Container}?restype=container" : "?comp=list", null);
            return answer.IsSuccessStatusCode ? null : await TellAsync(answer);
        }
        catch (Exception problem) when (problem is HttpRequestException or FormatException or DssRefusal)
        {
            return problem.Message;
        }
    }

    public async Task<byte[]?> ReadAsync(string container, string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{container}/{Escaped(path)}", null);
        if ((int)answer.StatusCode == 404) return null;
        await MustAsync(answer);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task WriteAsync(string container, string path, byte[] content)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"{container}/{Escaped(path)}", content);
        await MustAsync(answer);
    }

    public async Task DeleteAsync(string container, string path)
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"{container}/{Escaped(path)}", null);
        if ((int)answer.StatusCode != 404) await MustAsync(answer);
    }

    public async Task<IReadOnlyList<(string Path, long Size, DateTimeOffset Modified)>> ListAsync(string container, string prefix)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{container}?restype=container&comp=list&prefix={Uri.EscapeDataString(prefix)}", null);
        await MustAsync(answer);
        var listed = XDocument.Parse((await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF'));
        return [.. listed.Descendants("Blob").Select(blob => ((string)blob.Element("Name")!, (long)blob.Element("Properties")!.Element("Content-Length")!, DateTimeOffset.Parse((string)blob.Element("Properties")!.Element("Last-Modified")!)))];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string where, byte[]? content)
    {
        if (Account.Length == 0) throw new HttpRequestException("ERR_CONNECTION_AZURE_INVALID_CONFIG: the connection names no storage account");

        using var http = new HttpClient(dss.Outside.Connections());
        using var request = new HttpRequestMessage(method, $"https://{Account}.blob.core.windows.net/{where}");
        request.Headers.Add("x-ms-version", "2021-12-02");
        request.Headers.Add("x-ms-date", TimeProvider.System.GetUtcNow().ToString("R"));
        if (content is not null)
        {
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        request.Headers.Authorization = await AuthorizationAsync(http, request);
        return await http.SendAsync(request, CancellationToken.None);
    }

    private async Task<AuthenticationHeaderValue> AuthorizationAsync(HttpClient http, HttpRequestMessage request) => Text("authType") switch
    {
        "SHARED_KEY" or "" => new("SharedKey", $"{Account}:{SharedKey.Sign(request, Account, dss.Secrets.Open(Text("accessKey")))}"),
        "OAUTH2_APP" => new("Bearer", await new AzureSignIn(http).ApplicationAsync(Text("tenantId"), Text("appId"), dss.Secrets.Open(Text("appSecret")), Resource, CancellationToken.None)),
        var other => throw new HttpRequestException($"ERR_CONNECTION_AZURE_INVALID_CONFIG: unknown authentication type {other}"),
    };

    private static async Task MustAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) throw DssRefusal.Broken("com.microsoft.azure.storage.StorageException", await TellAsync(answer));
    }

    private static async Task<string> TellAsync(HttpResponseMessage answer)
    {
        var code = answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : answer.ReasonPhrase;
        var text = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
        var message = text.StartsWith("<?xml", StringComparison.Ordinal) ? (string?)XDocument.Parse(text).Root?.Element("Message") : null;
        return $"Status code {(int)answer.StatusCode}, {code}: {message ?? "no message"}";
    }

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private string Text(string name) => (string?)Parameters[name] ?? "";
}
