using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The problems found so far, and which values they make useless.</summary>
internal sealed class Findings
{
    // More than anybody reads at once; and a hostile file could have thousands.
    private const int MostTold = 200;

    private readonly List<(Place? Place, Problem Problem)> found = [];
    private int untold;
    private readonly HashSet<string> spoiled = new(StringComparer.Ordinal);

    /// <summary>All problems, by their place.</summary>
    public IReadOnlyList<Problem> Sorted =>
    [
        .. found.OrderBy(pair => pair.Place).ThenBy(pair => pair.Problem.Summary, StringComparer.Ordinal).Select(pair => pair.Problem),
        .. untold == 0 ? Array.Empty<Problem>() : [new Problem(Summaries.More, $"{untold} more problems are not told. Mend these first.")],
    ];

    public void Add(Place? place, string summary, string detail) => Add(place, summary, () => detail);

    /// <summary>A problem whose words are worth finding only when it is told.</summary>
    public void Add(Place? place, string summary, Func<string> detail)
    {
        if (found.Count < MostTold) found.Add((place, new Problem(summary, detail()) { Place = place?.ToString() }));
        else untold++;
    }

    /// <summary>A problem after which the value at the pointer says nothing.</summary>
    public void Spoil(Spot spot, string summary, string detail)
    {
        spoiled.Add(spot.Pointer);
        Add(spot.Place, summary, detail);
    }

    /// <summary>Whether nothing at, above or below the pointer is spoiled.</summary>
    public bool IsSound(string pointer) => !spoiled.Any(bad => IsWithin(bad, pointer) || IsWithin(pointer, bad));

    public void ThrowIfAny()
    {
        if (found.Count > 0) throw new ProblemException(Sorted);
    }

    private static bool IsWithin(string pointer, string above) =>
        pointer == above || pointer.StartsWith(above + "/", StringComparison.Ordinal);
}
