using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Reads the errors of DSS, whatever shape they come in: its own JSON, the page of a gateway, or nothing.</summary>
internal static partial class DssError
{
    private const int Longest = 600;

    public static RemoteError Of(DssAnswer answer)
    {
        if (answer.Json is JsonObject told && (Text(told, "detailedMessage") ?? Text(told, "message") ?? Text(told, "errorType")) is { } message)
        {
            return new(answer.Status, ShortType(Text(told, "errorType")), Short(message));
        }

        return answer.IsPage
            ? new(answer.Status, "NotFromDss", PageText(answer.Text))
            : new(answer.Status, "", answer.Text.Trim() is { Length: > 0 } plain ? Short(plain) : $"HTTP {answer.Status} without a reason.");
    }

    /// <summary>Whether something is missing, in words or by a 404: the thing that was asked for, or something that it needs. A 404 of something that is not DSS tells nothing.</summary>
    public static bool TellsOfMissing(DssAnswer answer) => answer.Status switch
    {
        404 => !answer.IsPage,
        400 or 500 => !answer.IsPage && SaysAbsent().IsMatch(Of(answer).Message),
        _ => false,
    };

    /// <summary>DSS says 500 also to what is wrong for good.</summary>
    public static bool IsFinal(DssAnswer answer) => TellsOfMissing(answer) || (answer.Status == 500 && !answer.IsPage && Final().IsMatch($"{Of(answer).Code} {Of(answer).Message}"));

    private static string? Text(JsonObject members, string name) => Pointer.Member(members, name) is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The class without its package.</summary>
    private static string ShortType(string? type) => type is null ? "" : type[(type.LastIndexOf('.') + 1)..];

    private static string Short(string message) => message.Length <= Longest ? message : $"{message[..Longest]} …";

    private static string PageText(string page) =>
        Title().Match(page) is { Success: true } title && title.Groups["title"].Value.Trim() is { Length: > 0 } words ? $"a page titled \"{Short(words)}\"" : "a page without a title";

    [GeneratedRegex("does not exist|doesn't exist|not found|not a file|no such", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaysAbsent();

    [GeneratedRegex("IllegalArgument|Validation|CodedException|Unauthorized|NotAuthenticated|Forbidden|not allowed|already exists|may not|Free Edition", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Final();

    [GeneratedRegex("<title>(?<title>[^<]{0,200})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title();
}
