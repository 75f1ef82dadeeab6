using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What a request says about its caller: an API key as the user name of Basic, or as a bearer token.</summary>
internal static class DssCaller
{
    public static string KeyOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null) return "";
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return header.Parameter;

        var pair = new byte[header.Parameter.Length];
        return Convert.TryFromBase64String(header.Parameter, pair, out var length) ? Encoding.UTF8.GetString(pair, 0, length).Split(':')[0] : "";
    }

    public static async Task<JsonNode?> BodyAsync(HttpRequest request)
    {
        try
        {
            return request.ContentLength is null or 0 ? null : await JsonNode.ParseAsync(request.Body);
        }
        catch (JsonException problem)
        {
            throw new BadHttpRequestException("The body is no JSON.", problem);
        }
    }
}
