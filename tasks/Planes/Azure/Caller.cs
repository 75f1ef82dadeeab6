using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>Reads from a token whom it was made out to. It is not checked: that is for the one who takes it.</summary>
public static class Caller
{
    /// <summary>Object id of whoever signs in with the token; null when the token does not say.</summary>
    public static string? ObjectIdIn(string token)
    {
        if (token.Split('.') is not [_, var claims, _]) return null;

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(claims))?["oid"]?.ToString();
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return null;
        }
    }
}
