using System.Reflection;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DssPipeline.Planes;

/// <summary>The errors of a plane that people meet, and the words in which they are told.</summary>
public sealed partial class KnownProblems
{
    private KnownProblems(IReadOnlyList<KnownProblem> rows) => Rows = rows;

    /// <summary>The first row that matches is the one that speaks, so the special stand before the general.</summary>
    public IReadOnlyList<KnownProblem> Rows { get; }

    /// <summary>Reads the rows of a plane, named after its folder.</summary>
    public static KnownProblems Of(string plane)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith($".{plane}.KnownProblems.yml", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithEnforceRequiredMembers().Build();
        return new(yaml.Deserialize<List<KnownProblem>>(reader));
    }

    public KnownProblem? Find(RemoteError error) => Rows.FirstOrDefault(row => row.Matches(error, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)));

    /// <summary>The error in the words of its row, or in its own with code and correlation id.</summary>
    public Problem Tell(RemoteError error, string subject)
    {
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase)
        {
            ["subject"] = subject,
            ["message"] = error.Message,
            ["code"] = error.Code,
            ["status"] = $"{error.Status}",
        };
        var row = Rows.FirstOrDefault(row => row.Matches(error, facts));
        return row is null ? Unknown(error, subject) : new Problem(row.Summary, Fill($"{row.Why} {row.Fix}", facts))
        {
            Command = row.Command is null ? null : Fill(row.Command, facts),
            Link = row.Link,
            Correlation = error.Correlation,
        };
    }

    private static Problem Unknown(RemoteError error, string subject) =>
        new("Refused by the remote", $"{subject}: {(error.Code.Length > 0 ? error.Code : $"HTTP {error.Status}")}: {error.Message}") { Correlation = error.Correlation };

    private static string Fill(string words, Dictionary<string, string> facts) =>
        Placeholders().Replace(words, match => facts.TryGetValue(match.Groups["name"].Value, out var value) ? value : "unknown");

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholders();
}
