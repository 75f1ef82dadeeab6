using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>What kubectl said, or the error it told.</summary>
public sealed partial record KubectlAnswer(string Output, RemoteError? Error)
{
    public const string Unreachable = "Unreachable";
    public const string Unauthorized = "Unauthorized";
    public const string NoSignIn = "KubeloginMissing";
    public const string Other = "KubectlFailed";

    // kubectl asks again by itself, and mutters about each attempt.
    private const string Muttering = @"^[EWI]\d{4} ";

    public static KubectlAnswer Of(int exitCode, string output, string errors)
    {
        if (exitCode == 0) return new(output, null);

        var said = string.Join('\n', errors.Split('\n').Where(line => line.Length > 0 && !Regex.IsMatch(line, Muttering, RegexOptions.None, TimeSpan.FromSeconds(1)))).Trim();
        if (said.Length == 0) said = errors.Trim();
        if (FromServer().Match(said) is { Success: true } told) return new(output, new RemoteError(exitCode, told.Groups["reason"].Success ? told.Groups["reason"].Value : Other, told.Groups["message"].Value.Trim()));

        return new(output, new RemoteError(exitCode, Code(said), said.Length > 0 ? said : $"kubectl ended with {exitCode} and said nothing."));
    }

    private static string Code(string said)
    {
        if (said.Contains("You must be logged in", StringComparison.Ordinal) || said.Contains("provide credentials", StringComparison.Ordinal)) return Unauthorized;
        if (said.Contains("executable kubelogin not found", StringComparison.Ordinal)) return NoSignIn;
        return Connection().IsMatch(said) ? Unreachable : Other;
    }

    [GeneratedRegex(@"Error from server( \((?<reason>\w+)\))?: (?<message>.*)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FromServer();

    [GeneratedRegex(@"Unable to connect to the server|The connection to the server|dial tcp|connection re(set|fused)|\bEOF\b|i/o timeout|TLS handshake|x509:|context deadline exceeded|Client\.Timeout|no such host|rate limiter", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Connection();
}
