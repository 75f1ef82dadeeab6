namespace DssPipeline.Convergence;

/// <summary>A plan as people read it in a terminal.</summary>
public sealed class PlanText(Style style)
{
    private readonly ChangeText changes = new(style);

    /// <summary>The whole plan, grouped by task; the last line answers the question the reader came with.</summary>
    public string Of(string deployment, Plan plan) => string.Join('\n', Lines(deployment, plan)) + "\n";

    /// <summary>One line for the resource, one for each difference, and why it is refused.</summary>
    public IEnumerable<string> Of(Change change) => changes.Of(change).Select(line => $"  {line}");

    /// <summary>The counts in one sentence, for the end of a plan.</summary>
    public static string Sum(Plan plan)
    {
        var kept = plan.Count(Verb.Keep);
        if (plan.IsEmpty) return kept == 0 ? "Nothing to do: nothing is wished for." : $"Nothing to do: {(kept == 1 ? "the one resource is" : $"all {kept} resources are")} as wished.";

        var counts = new[] { (Verb.Create, "to create"), (Verb.Update, "to update"), (Verb.Replace, "to replace"), (Verb.Delete, "to delete"), (Verb.Refuse, "refused") }
            .Where(pair => plan.Count(pair.Item1) > 0)
            .Select(pair => $"{plan.Count(pair.Item1)} {pair.Item2}");
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
        yield return style.Bold(Sum(plan));
    }
}
