using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

/// <summary>What came back, read whole.</summary>
internal sealed record ArmReply(int Status, JsonNode? Body, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Code => (string?)(Body?["error"]?["code"] ?? Body?["code"]);

    public string? Message => (string?)(Body?["error"]?["message"] ?? Body?["message"]);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<ArmReply> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, headers);
    }
}
