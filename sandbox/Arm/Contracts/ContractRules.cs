using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>A value the service puts where a body leaves one out; <see cref="Always"/> also replaces what was there.</summary>
internal sealed record Filling(string Path, string Json, bool Always);

/// <summary>
/// What a contract says beyond the shape of its body, one rule a line, a path being dotted with <c>[]</c> for each element and <c>?</c> for "only where it is":
/// <c>name /pattern/</c>; <c>anywhere</c> (on any scope); <c>global</c> (the name is the only one in the world); <c>put</c>, <c>patch</c>, <c>delete</c>, <c>action name</c> (see <see cref="Exchange"/>);
/// <c>missing code</c> of a 404; <c>turn code</c> (one write at a time on the root resource); <c>fixed</c>, <c>grow</c>, <c>oneway</c>, <c>stopped</c> paths that cannot change, shrink, go back, or change while running;
/// <c>keep</c> paths that stay when left out; <c>hide</c> paths that are never shown; <c>fill path json</c> where left out, <c>refill path json</c> always; <c>buckets</c> of Compute's own quota;
/// <c>flat-errors</c>, <c>lowercase-group</c>, <c>spelled Type</c> for AKS and its like.
/// </summary>
internal sealed record ContractRules
{
    public Regex? Name { get; init; }

    public bool Anywhere { get; init; }

    public bool Global { get; init; }

    public bool FlatErrors { get; init; }

    public bool LowercaseGroup { get; init; }

    public string? SpelledType { get; init; }

    public Exchange? Put { get; init; }

    public Exchange? Patch { get; init; }

    public Exchange? Delete { get; init; }

    public string Missing { get; init; } = "ResourceNotFound";

    public string? Subcode { get; init; }

    /// <summary>Error code when another write on the same root resource is running; null: writes may overlap.</summary>
    public string? Turn { get; init; }

    public IReadOnlyDictionary<string, string> Buckets { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, Exchange> Actions { get; init; } = new Dictionary<string, Exchange>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Fixed { get; init; } = [];

    public IReadOnlyList<string> Stopped { get; init; } = [];

    public IReadOnlyList<string> Grow { get; init; } = [];

    public IReadOnlyList<string> OneWay { get; init; } = [];

    public IReadOnlyList<string> Keep { get; init; } = [];

    public IReadOnlyList<string> Hide { get; init; } = [];

    public IReadOnlyList<Filling> Fillings { get; init; } = [];

    public static ContractRules Read(IEnumerable<string> lines) => lines.Aggregate(new ContractRules(), (rules, line) => rules.With(line));

    private ContractRules With(string line)
    {
        var (head, rest) = ContractReader.Cut(line);
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return head switch
        {
            "name" => this with { Name = Pattern(rest) },
            "anywhere" => this with { Anywhere = true },
            "global" => this with { Global = true },
            "flat-errors" => this with { FlatErrors = true },
            "lowercase-group" => this with { LowercaseGroup = true },
            "spelled" => this with { SpelledType = rest },
            "put" => this with { Put = Exchange.Read(words) },
            "patch" => this with { Patch = Exchange.Read(words) },
            "delete" => this with { Delete = Exchange.Read(words) },
            "missing" => this with { Missing = words[0], Subcode = words.ElementAtOrDefault(1) },
            "turn" => this with { Turn = rest },
            "buckets" => this with { Buckets = words.Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase) },
            "action" => this with { Actions = new Dictionary<string, Exchange>(Actions, StringComparer.OrdinalIgnoreCase) { [words[0]] = Exchange.Read(words[1..]) } },
            "fixed" => this with { Fixed = [.. Fixed, .. words] },
            "stopped" => this with { Stopped = [.. Stopped, .. words] },
            "grow" => this with { Grow = [.. Grow, .. words] },
            "oneway" => this with { OneWay = [.. OneWay, .. words] },
            "keep" => this with { Keep = [.. Keep, .. words] },
            "hide" => this with { Hide = [.. Hide, .. words] },
            "fill" => this with { Fillings = [.. Fillings, new(words[0], ContractReader.Cut(rest).Tail, Always: false)] },
            "refill" => this with { Fillings = [.. Fillings, new(words[0], ContractReader.Cut(rest).Tail, Always: true)] },
            _ => throw new FormatException($"'{line}' is no rule of a contract"),
        };
    }

    private static Regex? Pattern(string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : ContractReader.Expression(rest[(slash + 1)..rest.LastIndexOf('/')]);
    }
}
