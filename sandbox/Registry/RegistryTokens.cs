using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The tokens a registry gives for itself: one that says who, kept for hours, and one that says what may be done.</summary>
internal sealed class RegistryTokens(Jwt jwt, TimeProvider clock)
{
    private const string Issuer = "Azure Container Registry";

    public string Refresh(RegistryAccount registry, string who, TimeSpan? lifetime) =>
        Sign(registry, "refresh_token", who, lifetime ?? TimeSpan.FromHours(3), claims => claims["oid"] = who);

    public string Access(RegistryAccount registry, string who, IEnumerable<RegistryGrant> grants, TimeSpan? lifetime) =>
        Sign(registry, "access_token", who, lifetime ?? TimeSpan.FromMinutes(75), claims => claims["access"] = new JsonArray([.. grants.Select(grant => grant.Write())]));

    /// <summary>Who holds a good refresh token of this registry.</summary>
    public string? Who(RegistryAccount registry, string token) => (string?)Read(registry, "refresh_token", token)?["oid"];

    /// <summary>What a good access token of this registry allows; null for any other.</summary>
    public IReadOnlyList<RegistryGrant>? Grants(RegistryAccount registry, string token) =>
        Read(registry, "access_token", token)?["access"] is JsonArray access ? [.. access.Select(grant => RegistryGrant.Read(grant!))] : null;

    private string Sign(RegistryAccount registry, string kind, string who, TimeSpan lifetime, Action<JsonObject> add)
    {
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["sub"] = who,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["iss"] = Issuer,
            ["aud"] = registry.Host,
            ["version"] = "1.0",
            ["rid"] = registry.Born,
            ["grant_type"] = kind,
        };
        add(claims);
        return jwt.Sign(claims);
    }

    private JsonObject? Read(RegistryAccount registry, string kind, string token) =>
        jwt.Read(token) is { } claims
        && (string?)claims["iss"] == Issuer && (string?)claims["aud"] == registry.Host && (string?)claims["rid"] == registry.Born && (string?)claims["grant_type"] == kind
        && (long?)claims["exp"] > clock.GetUtcNow().ToUnixTimeSeconds()
            ? claims
            : null;
}
