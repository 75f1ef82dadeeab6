using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Signs and reads the tokens of one sandbox with a key kept in its folder, so that they outlive a restart.</summary>
internal sealed class Jwt : IDisposable
{
    // Azure signs with RSA. No client of an access token checks its signature, and an elliptic key is made a hundred times as fast.
    private readonly ECDsa _key = ECDsa.Create();
    private readonly Lock _gate = new();

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
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = KeyId,
            ["x"] = Base64Url.EncodeToString(parts.Q.X),
            ["y"] = Base64Url.EncodeToString(parts.Q.Y),
        };
    }

    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256", ["kid"] = KeyId };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(Signature(text))}";
    }

    /// <summary>The claims of a token that this sandbox signed; null for any other.</summary>
    public JsonObject? Read(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            return IsSigned($"{header}.{claims}", Base64Url.DecodeFromChars(signature)) ? JsonNode.Parse(Base64Url.DecodeFromChars(claims)) as JsonObject : null;
        }
        catch (Exception problem) when (problem is FormatException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _key.Dispose();

    private byte[] Signature(string text)
    {
        lock (_gate) return _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
    }

    private bool IsSigned(string text, byte[] signature)
    {
        lock (_gate) return _key.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256);
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
