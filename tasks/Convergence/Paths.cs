using System.Collections;
using System.Runtime.CompilerServices;

namespace DssPipeline.Convergence;

/// <summary>A set of JSON paths in which <c>*</c> stands for any one segment; a path holds for everything below it.</summary>
[CollectionBuilder(typeof(Paths), nameof(Of))]
public sealed class Paths : IEnumerable<string>
{
    private readonly string[][] patterns;

    private Paths(IEnumerable<string> paths) => patterns = [.. paths.Select(path => path.Split('/'))];

    public bool IsEmpty => patterns.Length == 0;

    public static Paths Of(ReadOnlySpan<string> paths) => new(paths.ToArray());

    /// <summary>Whether the pointer, or one it lies below, is in the set.</summary>
    public bool Holds(string path)
    {
        if (IsEmpty) return false;

        var segments = path.Split('/');
        return patterns.Any(pattern => pattern.Length <= segments.Length && Matches(pattern, segments));
    }

    public IEnumerator<string> GetEnumerator() => patterns.Select(pattern => string.Join('/', pattern)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Matches(string[] pattern, string[] segments) =>
        pattern.Zip(segments).All(pair => pair.First is "*" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
}
