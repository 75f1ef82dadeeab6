namespace DssPipeline.Convergence;

/// <summary>One planned change as people read it: the resource, what differs, and why it is refused.</summary>
internal sealed class ChangeText(Style style)
{
    private const int Width = 104;

    public IEnumerable<string> Of(Change change) =>
        [$"{style.Paint(change.Verb, Symbol.Of(change.Verb))} {change.Id}", .. Below(change).Select(line => $"    {line}")];

    private static IEnumerable<string> Below(Change change)
    {
        foreach (var difference in change.Differences) yield return Of(difference);
        if (Reason(change) is { } reason) yield return reason;
        if (change.Verb is Verb.Create) foreach (var line in Taken(change)) yield return line;
        if (Interrupting(change) is { } interruption) yield return interruption;
        if (change.Problem is { } problem) foreach (var line in Told(problem)) yield return line;
    }

    /// <summary>What a new thing takes from others that are still to be made.</summary>
    private static IEnumerable<string> Taken(Change change) =>
        Leaves.Of(change.Desired).Where(leaf => Reference.TryRead(leaf.Value, out _, out _)).Select(leaf => $"{leaf.Path}: {Leaf.Text(leaf.Value)}");

    /// <summary>What people notice while the change is made; nobody notices what is new.</summary>
    internal static string? Interrupting(Change change) =>
        change.Verb is Verb.Update or Verb.Delete ? change.Resource.Interruption(change.Differences) : null;

    /// <summary>Why a thing is made anew instead of changed; null for every other verb.</summary>
    internal static string? Reason(Change change) => change.Verb is Verb.Replace
        ? $"Removed and made anew, because {string.Join(" and ", change.Differences.Where(difference => difference.Fixed).Select(difference => difference.Path))} cannot be changed in place."
        : null;

    private static IEnumerable<string> Told(Problem problem)
    {
        yield return $"{problem.Summary}:";
        foreach (var line in Paragraph.Of(problem.Detail, Width)) yield return line;
        if (problem.Command is { } command) yield return $"    {Harmless.Of(command)}";
    }

    private static string Of(Difference difference)
    {
        if (difference.Hidden) return $"{difference.Path}: {Hiding.Mask} changed";

        var reason = difference.Fixed ? "  (fixed at birth)" : "";
        var (before, after) = Leaf.Pair(difference.Before, difference.After);
        return $"{difference.Path}: {before} → {after}{reason}";
    }
}
