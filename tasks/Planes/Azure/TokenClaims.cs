using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What an access token says of whoever holds it. It is read for names only: whether the token is good is Azure's to judge.</summary>
internal static class TokenClaims
{
    /// <summary>Object id of the principal; null for a token that is opaque or does not say.</summary>
    public static string? ObjectId(string token)
    {
        try
        {
            return token.Split('.') is [_, var claims, _] ? Pointer.At(JsonNode.Parse(Base64Url.DecodeFromChars(claims)), "/oid")?.ToString() : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
