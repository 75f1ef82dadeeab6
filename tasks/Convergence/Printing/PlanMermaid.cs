using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A plan as a Mermaid graph: what changes, and what stands on what. Many resources are drawn as their tasks.</summary>
public static class PlanMermaid
{
    // More than this nobody can read.
    private const int Readable = 40;

    public static string Of(Plan plan)
    {
        var parts = plan.Parts.Select(part => part with { Changes = [.. part.Changes.Where(change => change.Verb is not Verb.Keep)] }).Where(part => part.Changes.Count > 0).ToList();
        var text = new StringBuilder("flowchart LR\n");
        if (parts.Sum(part => part.Changes.Count) > Readable) Tasks(text, parts);
        else Resources(text, parts);
        return text.ToString();
    }

    private static void Resources(StringBuilder text, List<PlannedPart> parts)
    {
        var nodes = parts.SelectMany(part => part.Changes).Select((change, number) => (change.Id, Node: $"r{number}")).ToDictionary(pair => pair.Id, pair => pair.Node);
        for (var number = 0; number < parts.Count; number++)
        {
            text.Append($"  subgraph t{number}[\"{Label(parts[number].Name)}\"]\n");
            foreach (var change in parts[number].Changes) text.Append($"    {nodes[change.Id]}[\"{Symbol.Of(change.Verb)} {Label($"{change.Id.Kind}/{change.Id.Name}")}\"]:::{PlanJson.Name(change.Verb)}\n");
            text.Append("  end\n");
        }

        foreach (var (from, to) in Edges(parts, nodes)) text.Append($"  {from} --> {to}\n");
        Colours(text);
    }

    private static void Tasks(StringBuilder text, List<PlannedPart> parts)
    {
        var nodes = parts.SelectMany((part, number) => part.Changes.Select(change => (change.Id, Node: $"t{number}"))).ToDictionary(pair => pair.Id, pair => pair.Node);
        for (var number = 0; number < parts.Count; number++)
        {
            var counts = parts[number].Changes.CountBy(change => change.Verb).OrderBy(count => count.Key).Select(count => $"{Symbol.Of(count.Key)}{count.Value}");
            text.Append($"  t{number}[\"{Label(parts[number].Name)}<br/>{string.Join(' ', counts)}\"]\n");
        }

        foreach (var (from, to) in Edges(parts, nodes)) text.Append($"  {from} --> {to}\n");
    }

    private static IEnumerable<(string From, string To)> Edges(List<PlannedPart> parts, Dictionary<ResourceId, string> nodes) => parts
        .SelectMany(part => part.Changes)
        .SelectMany(change => Graph.Named(change.Resource).Where(nodes.ContainsKey).Select(below => (From: nodes[below], To: nodes[change.Id])))
        .Where(edge => edge.From != edge.To)
        .Distinct();

    private static void Colours(StringBuilder text)
    {
        text.Append("  classDef create stroke:#1a7f37,stroke-width:2px\n  classDef update stroke:#9a6700,stroke-width:2px\n");
        text.Append("  classDef replace stroke:#cf222e,stroke-width:2px\n  classDef delete stroke:#cf222e,stroke-width:2px\n  classDef refuse stroke:#cf222e,stroke-width:2px,stroke-dasharray:4\n");
    }

    // Names of resources come from a manifest; within quotes only these mean something to Mermaid.
    private static string Label(string text) => Harmless.Of(text).Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
