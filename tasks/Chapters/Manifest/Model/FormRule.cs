using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>What a text must look like, in words and as a pattern.</summary>
/// <param name="Words">The rule as a person would say it, after "must be".</param>
/// <param name="Pattern">The same for machines, in the dialect that schemas share.</param>
/// <param name="Example">A text that follows the rule.</param>
public sealed record FormRule(string Words, string Pattern, string Example)
{
    /// <summary>What the pattern cannot say.</summary>
    public Func<string, bool> Also { get; init; } = static _ => true;

    public bool Accepts(string text) =>
        Regex.IsMatch(text, Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) && !text.EndsWith('\n') && Also(text);
}
