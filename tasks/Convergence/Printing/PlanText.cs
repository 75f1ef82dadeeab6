using System.Globalization;

namespace DssPipeline.Convergence;

/// <summary>A plan as people read it in a terminal.</summary>
public sealed class PlanText(Style style)
{
    /// <summary>The whole plan, grouped by task; the last line answers the question the reader came with.</summary>
    public string Of(string deployment, Plan plan) => string.Join('\n', Lines(deployment, plan)) + "\n";

    /// <summary>One line for the resource, one for each difference, one for why it is refused.</summary>
    public IEnumerable<string> Of(Change change)
    {
        yield return $"  {style.Paint(change.Verb, Symbol.Of(change.Verb))} {change.Id}";
        foreach (var difference in change.Differences) yield return $"      {Of(difference)}";
        if (change.Problem is { } problem) yield return $"      {problem.Summary}: {problem.Detail}";
    }

    /// <summary>The counts in one sentence, for the end of a plan.</summary>
    public static string Sum(Plan plan)
    {
        var kept = plan.Count(Verb.Keep);
        if (plan.IsEmpty) return $"Nothing to do: all {kept} resources are as wished.";

        var counts = new[] { (Verb.Create, "to create"), (Verb.Update, "to update"), (Verb.Replace, "to replace"), (Verb.Delete, "to delete"), (Verb.Refuse, "refused") }
            .Where(pair => plan.Count(pair.Item1) > 0)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{plan.Count(pair.Item1)} {pair.Item2}"));
        return $"Plan: {string.Join(", ", counts)}; {kept} as wished. Digest {plan.Digest[..12]}.";
    }

    private IEnumerable<string> Lines(string deployment, Plan plan)
    {
        yield return $"Plan of {deployment}";
        foreach (var part in plan.Parts.Where(part => part.Changes.Any(change => change.Verb is not Verb.Keep)))
        {
            yield return "";
            yield return $"{style.Bold(part.Name)}  {style.Faint(part.Description)}";
            foreach (var line in part.Changes.Where(change => change.Verb is not Verb.Keep).SelectMany(Of)) yield return line;
        }

        yield return "";
        yield return Sum(plan);
    }

    private static string Of(Difference difference)
    {
        var reason = difference.Fixed ? "  (fixed at birth)" : "";
        return difference.Hidden ? $"{difference.Path}: (secret) changed" : $"{difference.Path}: {Leaf.Text(difference.Before)} → {Leaf.Text(difference.After)}{reason}";
    }
}
