using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Azure DevOps' REST API, as far as a run needs it: its lists come whole, and a token that it does not know gets a page to sign in on.</summary>
public sealed class AzureDevOpsApi(ForgeOptions options, TimeProvider clock) : ForgeApi(options, clock, Known, Headers)
{
    private const string Version = "7.1";
    private const string Self = "_apis/connectionData";

    private static readonly KnownProblems Known = KnownProblems.Of("AzureDevOps");

    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal) { ["Accept"] = "application/json" };

    /// <summary>The items of a list.</summary>
    /// <exception cref="ProblemException">Azure DevOps does not hand it out.</exception>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancel)
    {
        var answer = await GetAsync(path, cancel);
        return [.. (Pointer.At(answer.Body, "/value") as JsonArray ?? []).OfType<JsonObject>()];
    }

    /// <summary>Id of whom the token belongs to.</summary>
    /// <exception cref="ProblemException">Azure DevOps does not know the token.</exception>
    public async Task<string> WhoAmIAsync(CancellationToken cancel)
    {
        var answer = await GetAsync(Self, cancel);
        return Pointer.At(answer.Body, "/authenticatedUser/id")?.ToString() ?? "";
    }

    // Who somebody is has never left its preview.
    private protected override string Addressed(string path) => $"{path}?api-version={(path == Self ? $"{Version}-preview" : Version)}";

    private protected override ForgeAnswer Read(HttpResponseMessage response, JsonNode? body, TimeProvider clock)
    {
        var (status, told) = ((int)response.StatusCode, body as JsonObject);
        return new(status)
        {
            Error = IsGranted(status, told) ? null : new(status, $"{Pointer.Member(told, "typeKey")}", Message(status, told)) { Correlation = ForgeAnswer.Header(response, "ActivityId") },
            Body = told,
            IsLimit = status is 429,
            After = RetryAfter.Parse(ForgeAnswer.Header(response, "Retry-After"), clock),
        };
    }

    // A token that is not known is answered with a page to sign in on, and with 203.
    private static bool IsGranted(int status, JsonObject? body) => status is 200 or 201 && body is not null;

    private static string Message(int status, JsonObject? body) =>
        Pointer.Member(body, "message")?.ToString() ?? (status is 200 or 203 or 302 ? "The request was answered with a sign-in page." : $"HTTP {status} without a reason.");
}
