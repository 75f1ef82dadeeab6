using System.Text;

namespace DssPipeline.Chapters;

/// <summary>Proofs as Markdown, for job summaries.</summary>
public static class ProofsMarkdown
{
    public static string Of(string deployment, IReadOnlyList<ProofResult> results)
    {
        var text = new StringBuilder($"## Proofs of {deployment}\n\n**{ProofsText.Sum(deployment, results)}**\n\n| promise | | evidence |\n| --- | --- | --- |\n");
        foreach (var result in results) text.Append($"| {Escaped(result.Promise)} | {Word(result.Ending)} | {Escaped(Evidence(result))} |\n");
        return text.ToString();
    }

    private static string Word(ProofEnding ending) => ending switch
    {
        ProofEnding.Proven => "proven",
        ProofEnding.NotProven => "not proven",
        _ => "**failed**",
    };

    private static string Evidence(ProofResult result) => result.Problems is [] ? result.Evidence : string.Join(" ", result.Problems.Select(problem => $"{problem.Summary}: {problem.Detail}"));

    /// <summary>Text from elsewhere must not become a heading, a link, a table or a tag.</summary>
    private static string Escaped(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(letter => letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '@' ? $"\\{letter}" : $"{letter}"));
}
