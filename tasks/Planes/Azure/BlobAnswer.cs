using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>What the blob service answered; or, with the status 0, why no answer came.</summary>
internal sealed partial record BlobAnswer(int Status)
{
    private const string Metadata = "x-ms-meta-";

    /// <summary>Null when the request was granted.</summary>
    public RemoteError? Error { get; init; }

    /// <summary>The blob's own words about itself.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public TimeSpan? RetryAfter { get; init; }

    public static async Task<BlobAnswer> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancel)
    {
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        var status = (int)response.StatusCode;
        return new(status)
        {
            Error = response.IsSuccessStatusCode ? null : ErrorOf(status, headers, await response.Content.ReadAsStringAsync(cancel)),
            Words = headers.Where(header => header.Key.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key[Metadata.Length..], header => header.Value, StringComparer.OrdinalIgnoreCase),
            RetryAfter = Planes.RetryAfter.Parse(headers.GetValueOrDefault("Retry-After"), clock),
        };
    }

    // The code stands in a header as well as in the body, and the answer to a HEAD has no body.
    private static RemoteError ErrorOf(int status, Dictionary<string, string> headers, string body)
    {
        var message = FirstLine().Match(body).Groups["text"].Value;
        return new(status, headers.GetValueOrDefault("x-ms-error-code") ?? "", message.Length > 0 ? message : $"HTTP {status} without a reason.") { Correlation = headers.GetValueOrDefault("x-ms-request-id") };
    }

    [GeneratedRegex("<Message>(?<text>[^<\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstLine();
}
