namespace DssPipeline.Sandbox;

/// <summary>How a write answers and how long it takes: <c>put new=201 old=200 wait=async retry=3 takes=6</c>.</summary>
internal sealed record Exchange
{
    public int New { get; init; } = 200;

    public int Old { get; init; } = 200;

    /// <summary>none, async (Azure-AsyncOperation), location, both, or state (only provisioningState tells).</summary>
    public string Wait { get; init; } = "none";

    /// <summary>Seconds a caller is told to wait between two polls; zero: not told.</summary>
    public int Retry { get; init; }

    /// <summary>Seconds the operation takes in Azure.</summary>
    public int Takes { get; init; }

    /// <summary>full, or what else the first answer holds: empty, braces, sent, bare.</summary>
    public string Answer { get; init; } = "full";

    /// <summary>A new resource answers 404 until the operation is done.</summary>
    public bool AbsentMeanwhile { get; init; }

    /// <summary>The provisioningState while the operation runs.</summary>
    public string? Says { get; init; }

    public bool TagsOnly { get; init; }

    public bool PointsAtItself { get; init; }

    public static Exchange Read(IEnumerable<string> words) => words.Aggregate(new Exchange(), (exchange, word) => word.Split('=') switch
    {
        ["new", var code] => exchange with { New = int.Parse(code) },
        ["old", var code] => exchange with { Old = int.Parse(code) },
        ["wait", var wait] => exchange with { Wait = wait },
        ["retry", var seconds] => exchange with { Retry = int.Parse(seconds) },
        ["takes", var seconds] => exchange with { Takes = int.Parse(seconds) },
        ["answer", var answer] => exchange with { Answer = answer },
        ["meanwhile", "absent"] => exchange with { AbsentMeanwhile = true },
        ["says", var state] => exchange with { Says = state },
        ["header", "Location"] => exchange with { PointsAtItself = true },
        ["tags"] => exchange with { TagsOnly = true },
        _ => throw new FormatException($"'{word}' is no word of an exchange"),
    });
}
