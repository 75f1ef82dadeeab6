using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Issues access tokens and tells a good one from a bad one.</summary>
internal sealed class Tokens(Jwt jwt, TimeProvider clock, TimeSpan lifetime)
{
    public AccessToken Issue(Principal principal, string audience, string tenant, FaultRule? shortToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var seconds = (long)(shortToken is null ? lifetime : shortToken.Duration ?? TimeSpan.FromSeconds(20)).TotalSeconds;
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = $"https://sts.windows.net/{tenant}/",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + seconds,
            ["appid"] = principal.ClientId,
            ["idtyp"] = "app",
            ["oid"] = principal.ObjectId,
            ["sub"] = principal.ObjectId,
            ["tid"] = tenant,
            ["ver"] = "1.0",
        };
        return new AccessToken(jwt.Sign(claims), now, now + seconds);
    }

    /// <summary>The claims of a valid token, or what is wrong with it.</summary>
    public (JsonObject? Claims, TokenProblem Problem, string Message) Check(string? header, IReadOnlyList<string> audiences)
    {
        if (header is null || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return (null, TokenProblem.Missing, "Authentication failed. The 'Authorization' header is missing.");
        }

        if (jwt.Read(header["Bearer ".Length..].Trim()) is not { } claims || Text(claims, "iss")?.StartsWith("https://sts.windows.net/", StringComparison.Ordinal) != true)
        {
            return (null, TokenProblem.Invalid, "The access token is invalid.");
        }

        var now = clock.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds(Number(claims, "exp"));
        if (expires <= now)
        {
            return (null, TokenProblem.Expired, $"The access token expiry UTC time '{Utc(expires)}' is earlier than current UTC time '{Utc(now)}'.");
        }

        if (!audiences.Contains(Text(claims, "aud")?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
        {
            return (null, TokenProblem.Audience, $"The access token has been obtained for wrong audience or resource '{Text(claims, "aud")}'. It should exactly match with one of the allowed audiences '{string.Join("','", audiences)}'.");
        }

        return (claims, TokenProblem.None, "");
    }

    private static string? Text(JsonObject claims, string name) => (string?)claims[name];

    private static long Number(JsonObject claims, string name) => (long?)claims[name] ?? 0;

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);
}

/// <summary>A signed token and its times, in seconds since 1970.</summary>
internal sealed record AccessToken(string Text, long NotBefore, long Expires);

/// <summary>Why a bearer token is refused.</summary>
internal enum TokenProblem
{
    None,
    Missing,
    Invalid,
    Expired,
    Audience,
}
