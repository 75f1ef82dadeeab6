using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A logging command, as an agent finds it in the log of a task.</summary>
/// <param name="Name">Such as task.setvariable.</param>
internal sealed partial record AgentCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Text)
{
    /// <summary>Every command of a log. An agent reads them anywhere in a line.</summary>
    public static IEnumerable<AgentCommand> In(string log) => log.ReplaceLineEndings("\n").Split('\n').Select(line => Form().Match(line)).Where(match => match.Success).Select(Of);

    private static AgentCommand Of(Match match)
    {
        var pairs = match.Groups["properties"].Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2);
        return new(match.Groups["name"].Value, pairs.ToDictionary(pair => pair[0], pair => Read(pair[1]), StringComparer.OrdinalIgnoreCase), Read(match.Groups["text"].Value));
    }

    private static string Read(string text) => text
        .Replace("%5D", "]", StringComparison.Ordinal).Replace("%3B", ";", StringComparison.Ordinal)
        .Replace("%0A", "\n", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal)
        .Replace("%AZP25", "%", StringComparison.Ordinal);

    [GeneratedRegex(@"##vso\[(?<name>[\w.]+)( (?<properties>[^\]]*))?\](?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
