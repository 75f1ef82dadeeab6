using System.Net;
using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>The page that the macro test-network answers with, and what it means.</summary>
/// <param name="page">HTML, as the plugin writes it.</param>
public sealed partial class NetworkAnswer(string page)
{
    /// <summary>What it says, without its tags.</summary>
    public string Words { get; } = Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(page, " ")), " ").Trim();

    /// <summary>Proven or failed as the pod saw it; not proven when its pod never ran, so that it saw nothing.</summary>
    public ProofEnding Ending =>
        Words.Contains("Connection successful", StringComparison.OrdinalIgnoreCase) ? ProofEnding.Proven
        : NeverRan().IsMatch(Words) ? ProofEnding.NotProven
        : ProofEnding.Failed;

    // "Busybox did not start in 10s"; or in the words of kubectl, when it gives up waiting for the pod or its image.
    [GeneratedRegex("didn't start|did not start|ErrImagePull|ImagePullBackOff|timed out waiting for the condition", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NeverRan();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
