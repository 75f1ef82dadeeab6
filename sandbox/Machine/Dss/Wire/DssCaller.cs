using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What a request says: its caller by an API key, and what it sends.</summary>
internal static class DssCaller
{
    /// <summary>The key: the user name of Basic, its password where there is no user name, or a bearer token.</summary>
    public static string KeyOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null) return "";
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return header.Parameter;

        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length)) return "";
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair[0].Length > 0 ? pair[0] : pair[^1];
    }

    /// <summary>The JSON of the body, whatever its content type says; null when there is none.</summary>
    public static async Task<JsonNode?> BodyAsync(HttpRequest request)
    {
        if (IsMultipart(request)) return null;

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body.ToArray());
        }
        catch (JsonException problem)
        {
            throw new DssRefusal(400, "com.google.gson.JsonSyntaxException", $"The body is no JSON: {problem.Message}");
        }
    }

    /// <summary>The file of a multipart body, under the name file.</summary>
    public static async Task<DssFile?> FileAsync(HttpRequest request)
    {
        if (!IsMultipart(request)) return null;

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form.Files.GetFile("file") is not { } file) return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, request.HttpContext.RequestAborted);
        return new(file.FileName, content.ToArray());
    }

    // What curl -d calls a form is JSON all the same.
    private static bool IsMultipart(HttpRequest request) => request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
}
