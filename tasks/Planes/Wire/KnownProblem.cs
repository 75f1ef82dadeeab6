using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>One row of a plane's <c>KnownProblems.yml</c>: which errors it speaks of, and how they are told.</summary>
public sealed class KnownProblem
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Codes of the remote; none means any.</summary>
    public IList<string> Codes { get; init; } = [];

    /// <summary>HTTP statuses; none means any.</summary>
    public IList<int> Statuses { get; init; } = [];

    /// <summary>Regular expression over the message; its named groups can be used in the words.</summary>
    public string? Text { get; init; }

    /// <summary>A message that the row matches, kept as its proof.</summary>
    public required string Sample { get; init; }

    public required string Summary { get; init; }

    public required string Why { get; init; }

    public required string Fix { get; init; }

    public string? Command { get; init; }

    public string? Link { get; init; }

    /// <summary>What waiting may cure; null when waiting is in vain.</summary>
    public Cure? Wait { get; init; }

    /// <summary>Whether the row speaks of this error; then what its words may use.</summary>
    public bool Matches(RemoteError error, IDictionary<string, string> facts)
    {
        if (Codes.Count > 0 && !Codes.Contains(error.Code, StringComparer.OrdinalIgnoreCase)) return false;
        if (Statuses.Count > 0 && !Statuses.Contains(error.Status)) return false;
        if (Text is null) return true;

        var match = Regex.Match(error.Message, Text, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
        foreach (var group in match.Groups.Values.Where(group => group.Success && !char.IsAsciiDigit(group.Name[0]))) facts[group.Name] = group.Value;
        return match.Success;
    }
}
