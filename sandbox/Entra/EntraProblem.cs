using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>A refusal of Entra: its OAuth word, its AADSTS number and the sentence people search for.</summary>
internal sealed record EntraProblem(int Status, string Error, int Code, string Message)
{
    public static EntraProblem UnknownTenant(string tenant) => new(400, "invalid_request", 900023,
        $"Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.");

    public static EntraProblem Missing(string parameter) => new(400, "invalid_request", 900144,
        $"The request body must contain the following parameter: '{parameter}'.");

    public static EntraProblem UnsupportedGrant(string grant) => new(400, "unsupported_grant_type", 70003,
        $"The app requested an unsupported grant type '{grant}'.");

    public static EntraProblem BadScope(string scope) => new(400, "invalid_scope", 1002012,
        $"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).");

    public static EntraProblem UnknownApplication(string client, string tenant) => new(400, "unauthorized_client", 700016,
        $"Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.");

    public static EntraProblem BadSecret(string client) => new(401, "invalid_client", 7000215,
        $"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.");

    public static EntraProblem NoCredential() => new(401, "invalid_client", 7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

    public static EntraProblem BadSignature() => new(401, "invalid_client", 50013,
        "Assertion failed signature validation. [Reason - The key was not found.]");

    public static EntraProblem ExpiredAssertion(DateTimeOffset now, DateTimeOffset expires) => new(401, "invalid_client", 700024,
        $"Client assertion is not within its valid time range. Current time: {Stamp(now)}, expiry time of assertion {Stamp(expires)}.");

    public static EntraProblem NoMatch(string issuer, string subject, string audience) => new(401, "invalid_client", 70021,
        $"No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'.");

    public static EntraProblem NoSubjectMatch(string subject) => new(401, "invalid_client", 700213,
        $"No matching federated identity record found for presented assertion subject '{subject}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.");

    public Task WriteAsync(HttpContext context, DateTimeOffset now)
    {
        var trace = Guid.NewGuid().ToString();
        var correlation = context.Request.Headers["client-request-id"].FirstOrDefault() ?? Guid.NewGuid().ToString();
        var time = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return ErrorAnswer.WriteJsonAsync(context, Status, new JsonObject
        {
            ["error"] = Error,
            ["error_description"] = $"AADSTS{Code}: {Message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            ["error_codes"] = new JsonArray(Code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlation,
            ["error_uri"] = $"https://{context.Request.Host}/error?code={Code}",
        });
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
