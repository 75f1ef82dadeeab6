using System.Net;

namespace DssPipeline.Sandbox.Tests;

/// <summary>Speaks to one storage account of a sandbox.</summary>
internal sealed class BlobCaller(SandboxClient sandbox, string token)
{
    public static async Task<BlobCaller> OpenAsync(SandboxClient sandbox) => new(sandbox, await sandbox.TokenAsync(SandboxClient.Storage));

    public static async Task<BlobCaller> WithContainerAsync(SandboxClient sandbox)
    {
        var caller = await OpenAsync(sandbox);
        await caller.SendAsync(HttpMethod.Put, "state?restype=container");
        return caller;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        sandbox.SendAsync(method, $"{sandbox.Endpoints.Blob}stone/{path}", token, json: null, [("x-ms-version", "2025-05-05"), .. headers]);

    public Task<HttpResponseMessage> PutAsync(string path, string text, params (string Name, string Value)[] headers) =>
        sandbox.SendAsync(HttpMethod.Put, $"{sandbox.Endpoints.Blob}stone/{path}", token, text, [("x-ms-version", "2025-05-05"), ("x-ms-blob-type", "BlockBlob"), .. headers]);

    public Task<HttpResponseMessage> LeaseAsync(string action, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, "state/lock?comp=lease", [("x-ms-lease-action", action), .. headers]);

    public static void AssertRefused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal([code], answer.Headers.GetValues("x-ms-error-code"));
    }
}
