using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Signs and reads the tokens of one sandbox with a key kept in its folder, so that they outlive a restart.</summary>
internal sealed class Jwt : IDisposable
{
    private readonly RSA _key = RSA.Create();

    public Jwt(StateFolder folder)
    {
        _key.ImportFromPem(folder.Keep("tokens.key.pem", MakeKey));
        KeyId = Base64Url.EncodeToString(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()).AsSpan(0, 15));
    }

    public string KeyId { get; }

    /// <summary>The public key, as an issuer publishes it.</summary>
    public JsonObject PublicKey()
    {
        var parts = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = KeyId,
            ["n"] = Base64Url.EncodeToString(parts.Modulus),
            ["e"] = Base64Url.EncodeToString(parts.Exponent),
        };
    }

    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = KeyId };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(Signature(text))}";
    }

    /// <summary>The claims of a token that this sandbox signed; null for any other.</summary>
    public JsonObject? Read(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            var signed = _key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return signed ? JsonNode.Parse(Base64Url.DecodeFromChars(claims)) as JsonObject : null;
        }
        catch (Exception problem) when (problem is FormatException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _key.Dispose();

    private byte[] Signature(string text) =>
        _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string MakeKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
