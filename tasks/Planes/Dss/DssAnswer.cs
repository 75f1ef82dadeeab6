using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>What DSS, or something on the way to it, answered.</summary>
internal sealed record DssAnswer(int Status, string Text)
{
    public string? MediaType { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The version that DSS says it is, in a header of every answer.</summary>
    public string? Version { get; init; }

    /// <summary>Why there is no answer; the status is 0 then.</summary>
    public Exception? Failure { get; init; }

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>A page for browsers instead of an answer.</summary>
    public bool IsPage => MediaType is "text/html" || Text.TrimStart().StartsWith('<');

    /// <summary>The body as JSON; null when it is empty or plain text, as the answers to some creations are.</summary>
    public JsonNode? Json
    {
        get
        {
            try
            {
                return Text.Length == 0 ? null : JsonNode.Parse(Text);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>JSON that ends before its end: the connection was cut, or a gateway lost the rest.</summary>
    public bool IsCut => IsGood && Text.TrimStart() is ['{' or '[', ..] && Json is null;
}
