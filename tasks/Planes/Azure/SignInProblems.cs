using System.Text.RegularExpressions;
using Azure.Identity;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells why nobody could sign in.</summary>
internal static partial class SignInProblems
{
    public static ProblemException Tell(AuthenticationFailedException failure, Redactor redactor)
    {
        if (ConnectionError.Causes(failure).OfType<ProblemException>().FirstOrDefault() is { } told) return told;

        var message = Best(failure);
        var code = Codes().Match(message) is { Success: true } match ? match.Value : failure is CredentialUnavailableException ? "CredentialUnavailable" : "SignInFailed";
        var correlation = Correlations().Match(message) is { Success: true } id ? id.Groups["id"].Value : null;
        return ArmProblems.Tell(new RemoteError(401, code, FirstLines(message)) { Correlation = correlation }, "Signing in to Azure", redactor);
    }

    /// <summary>The words of Entra itself, where there are any; the library wraps them in its own.</summary>
    private static string Best(Exception failure)
    {
        var words = ConnectionError.Causes(failure).Select(cause => cause.Message).FirstOrDefault(text => Codes().IsMatch(text));
        return words is null ? failure.Message : words[Codes().Match(words).Index..];
    }

    private static string FirstLines(string message) =>
        string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(3));

    [GeneratedRegex(@"AADSTS\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Codes();

    [GeneratedRegex(@"Correlation ID: (?<id>[0-9a-f-]{36})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Correlations();
}
