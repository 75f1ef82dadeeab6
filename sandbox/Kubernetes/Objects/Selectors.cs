using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>Which objects a list or a watch is about.</summary>
internal sealed partial class Selectors(string? labels, string? fields)
{
    private readonly string[] wanted = Split(labels);
    private readonly string[] named = Split(fields);

    public static Selectors Of(KubernetesCall call)
    {
        var name = call.Name is null ? null : $"metadata.name={call.Name}";
        return new(call.Query["labelSelector"].FirstOrDefault(), string.Join(',', new[] { call.Query["fieldSelector"].FirstOrDefault(), name }.Where(part => !string.IsNullOrEmpty(part))));
    }

    public bool Match(JsonObject subject) => Array.TrueForAll(named, part => Field(subject, part)) && Array.TrueForAll(wanted, part => Label(subject, part));

    private static bool Field(JsonObject subject, string part)
    {
        var not = part.Contains("!=", StringComparison.Ordinal);
        var (path, value) = part.Split(not ? "!=" : part.Contains("==", StringComparison.Ordinal) ? "==" : "=", 2) is [var left, var right] ? (left, right) : throw KubernetesRefusal.Bad($"invalid field selector: {part}");
        return (Dotted.Read(subject, path)?.ToString() ?? "") == value != not;
    }

    private static bool Label(JsonObject subject, string part)
    {
        if (Set().Match(part) is { Success: true } set)
        {
            var among = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries).Contains(Metadata.Label(subject, set.Groups["name"].Value), StringComparer.Ordinal);
            return set.Groups["verb"].Value == "in" ? among : !among;
        }

        if (part[0] == '!') return Metadata.Label(subject, part[1..].Trim()) is null;
        if (part.Split("!=", 2) is [var unlike, var other]) return Metadata.Label(subject, unlike.Trim()) != other.Trim();
        return part.Replace("==", "=", StringComparison.Ordinal).Split('=', 2) is [var name, var value] ? Metadata.Label(subject, name.Trim()) == value.Trim() : Metadata.Label(subject, part.Trim()) is not null;
    }

    private static string[] Split(string? text) => Comma().Split(text ?? "").Where(part => part.Trim().Length > 0).Select(part => part.Trim()).ToArray();

    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?<name>\S+)\s+(?<verb>in|notin)\s*\((?<values>[^)]*)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Set();
}
