using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A plan as Markdown, for pull requests and job summaries.</summary>
public static class PlanMarkdown
{
    private static readonly ChangeText Changes = new(Style.Plain);

    public static string Of(string deployment, Plan plan)
    {
        var text = new StringBuilder($"## Plan of {deployment}\n\n**{PlanText.Sum(plan)}**\n");
        var parts = plan.Parts.Where(part => part.Changes.Any(change => change.Verb is not Verb.Keep)).ToList();
        if (parts.Count > 0) AppendTable(text, parts);
        foreach (var part in parts) Append(text, part);
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, List<PlannedPart> parts)
    {
        var verbs = new[] { Verb.Create, Verb.Update, Verb.Replace, Verb.Delete, Verb.Refuse };
        text.Append($"\n| task | {string.Join(" | ", verbs.Select(verb => $"{Symbol.Of(verb)} {PlanJson.Name(verb)}"))} |\n| --- |{string.Concat(verbs.Select(_ => " ---: |"))}\n");
        foreach (var part in parts)
        {
            var counts = verbs.Select(verb => part.Changes.Count(change => change.Verb == verb)).Select(count => count == 0 ? "" : $"{count}");
            text.Append($"| {part.Name} | {string.Join(" | ", counts)} |\n");
        }
    }

    private static void Append(StringBuilder text, PlannedPart part)
    {
        text.Append($"\n### {part.Name}\n\n{part.Description}\n\n```diff\n");
        foreach (var change in part.Changes.Where(change => change.Verb is not Verb.Keep))
        {
            var lines = Changes.Of(change).ToList();
            text.Append($"{Coloured(change.Verb, lines[0])}\n");
            foreach (var line in lines.Skip(1)) text.Append($"  {line}\n");
        }

        text.Append("```\n");
    }

    /// <summary>A diff block colours lines by their first sign: + green, - red, ! orange.</summary>
    private static string Coloured(Verb verb, string line) => verb is Verb.Update or Verb.Replace ? $"! {line}" : line;
}
