using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A plan as Markdown, for pull requests and job summaries.</summary>
public static class PlanMarkdown
{
    public static string Of(string deployment, Plan plan)
    {
        var text = new StringBuilder($"## Plan of {deployment}\n\n{PlanText.Sum(plan)}\n");
        foreach (var part in plan.Parts.Where(part => part.Changes.Any(change => change.Verb is not Verb.Keep))) Append(text, part);
        return text.ToString();
    }

    private static void Append(StringBuilder text, PlannedPart part)
    {
        var printer = new PlanText(Style.Plain);
        text.Append($"\n### {part.Name}\n\n{part.Description}\n\n```diff\n");
        foreach (var change in part.Changes.Where(change => change.Verb is not Verb.Keep))
        {
            var lines = printer.Of(change).ToList();
            text.Append($"{Coloured(change.Verb)} {lines[0].Trim()[2..]}\n");
            foreach (var line in lines.Skip(1)) text.Append($"    {line.Trim()}\n");
        }

        text.Append("```\n");
    }

    /// <summary>The signs that a diff block colours: green, red, orange.</summary>
    private static string Coloured(Verb verb) => verb is Verb.Update or Verb.Replace or Verb.Refuse ? $"! {Symbol.Of(verb)}" : Symbol.Of(verb);
}
