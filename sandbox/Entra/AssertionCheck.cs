using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Decides whether a token of a pipeline may stand in for the secret of an application.</summary>
internal sealed class AssertionCheck(Jwt jwt, TimeProvider clock)
{
    /// <summary>Null when one of the credentials accepts the assertion.</summary>
    public EntraProblem? Refuse(string assertion, IReadOnlyList<FederatedCredential> trusted)
    {
        if (jwt.Read(assertion) is not { } claims) return EntraProblem.BadSignature();

        var now = clock.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds((long?)claims["exp"] ?? 0);
        if (expires <= now) return EntraProblem.ExpiredAssertion(now, expires);

        var (issuer, subject, audience) = (Text(claims, "iss"), Text(claims, "sub"), Text(claims, "aud"));
        var known = trusted.Where(credential => credential.Issuer == issuer && credential.Audience == audience).ToList();
        if (known.Count == 0) return EntraProblem.NoMatch(issuer, subject, audience);

        return known.Exists(credential => credential.Subject == subject) ? null : EntraProblem.NoSubjectMatch(subject);
    }

    private static string Text(JsonObject claims, string name) => (string?)claims[name] ?? "";
}
