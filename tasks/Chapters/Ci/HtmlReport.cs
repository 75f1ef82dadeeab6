using System.Globalization;
using System.Net;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A run as one page that can be kept and sent: plan, outcomes, timings and proofs, without a script and without anything from elsewhere.</summary>
public sealed class HtmlReport
{
    private const string Css = """
        :root { color-scheme: light dark; --good: #1a7f37; --bad: #cf222e; --move: #9a6700; --faint: #808080; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
        .answer { font-weight: 600; font-size: 1.1rem; } .good { color: var(--good); } .bad { color: var(--bad); } .faint { color: var(--faint); }
        .create, .made, .proven { color: var(--good); } .update { color: var(--move); } .replace, .delete, .refuse, .failed, .refused { color: var(--bad); } .notProven, .skipped, .cancelled { color: var(--faint); }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); vertical-align: top; }
        pre, code { font: 13px/1.45 ui-monospace, monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
        details { margin: .4rem 0; } summary { cursor: pointer; font-weight: 600; }
        .bar { background: color-mix(in srgb, currentColor 12%, transparent); height: .7rem; border-radius: 3px; min-width: 12rem; position: relative; } .bar i { position: absolute; height: 100%; border-radius: 3px; background: currentColor; }
        .problem { border-left: 4px solid var(--bad); padding: .2rem 1rem; margin: 1rem 0; }
        """;

    private readonly string deployment;
    private readonly StringBuilder body = new();
    private string answer = "";

    public HtmlReport(string deployment) => this.deployment = deployment;

    /// <summary>What was to be done.</summary>
    public HtmlReport With(Plan plan)
    {
        Answer(PlanText.Sum(plan), plan.Refused.Any() ? "bad" : "good");
        body.Append("<h2>Plan</h2>\n").Append($"<p class=\"faint\">Digest <code>{plan.Digest}</code></p>\n");
        foreach (var part in plan.Parts.Where(part => part.Changes.Any(change => change.Verb is not Verb.Keep))) Append(part);
        return this;
    }

    /// <summary>What became of it, and where the time went.</summary>
    public HtmlReport With(Report report)
    {
        Answer(ReportSum.Of(deployment, report), report.IsGood ? "good" : "bad");
        Problems(report.Problems());
        var told = report.Outcomes.Where(outcome => outcome.Ending is not Ending.Kept).ToList();
        if (told.Count == 0) return this;

        body.Append("<h2>Outcomes and timings</h2>\n<table>\n<tr><th>resource</th><th>ending</th><th>took</th><th></th></tr>\n");
        var longest = Math.Max(told.Max(outcome => outcome.Took.TotalSeconds), 0.001);
        foreach (var outcome in told)
        {
            var ending = PlanJson.Of(outcome.Ending);
            var width = (outcome.Took.TotalSeconds / longest * 100).ToString("0.#", CultureInfo.InvariantCulture);
            body.Append($"<tr><td><code>{Text($"{Symbol.Of(outcome.Change.Verb)} {outcome.Id}")}</code></td><td class=\"{ending}\">{ending}</td><td>{Duration.Text(outcome.Took)}</td><td class=\"{ending}\"><div class=\"bar\"><i style=\"width:{width}%\"></i></div></td></tr>\n");
        }

        body.Append("</table>\n");
        return this;
    }

    /// <summary>What was tried, and what was seen.</summary>
    public HtmlReport With(IReadOnlyList<ProofResult> proofs)
    {
        var bad = proofs.Count(proof => proof.Ending is ProofEnding.Failed);
        Answer($"{proofs.Count(proof => proof.Ending is ProofEnding.Proven)} of {proofs.Count} promises proven, {bad} failed.", bad > 0 ? "bad" : "good");
        body.Append("<h2>Proofs</h2>\n<table>\n<tr><th>promise</th><th></th><th>evidence</th><th>took</th></tr>\n");
        foreach (var proof in proofs)
        {
            var ending = KeyShape.Camel($"{proof.Ending}");
            body.Append($"<tr><td>{Text(proof.Promise)}</td><td class=\"{ending}\">{ending}</td><td>{Text(proof.Evidence)}</td><td>{Duration.Text(proof.Took)}</td></tr>\n");
        }

        body.Append("</table>\n");
        Problems([.. proofs.SelectMany(proof => proof.Problems)]);
        return this;
    }

    /// <summary>What ended the run early.</summary>
    public HtmlReport With(IReadOnlyList<Problem> problems)
    {
        Answer("The run ended early.", "bad");
        Problems(problems);
        return this;
    }

    /// <summary>The page; well-formed as XML too.</summary>
    public string Page() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{Text(deployment)}</title>
        <style>
        {Css}
        </style>
        </head>
        <body>
        <h1>{Text(deployment)}</h1>
        {answer}
        {body}</body>
        </html>

        """;

    /// <summary>The last answer is the one that counts.</summary>
    private void Answer(string text, string kind) => answer = $"<p class=\"answer {kind}\">{Text(text)}</p>";

    private void Append(PlannedPart part)
    {
        body.Append($"<details open=\"open\"><summary>{Text(part.Name)}</summary>\n<p class=\"faint\">{Text(part.Description)}</p>\n");
        foreach (var change in part.Changes.Where(change => change.Verb is not Verb.Keep))
        {
            var lines = new PlanText(Style.Plain).Of(change);
            body.Append($"<pre class=\"{PlanJson.Of(change.Verb)}\">{Text(string.Join('\n', lines))}</pre>\n");
        }

        body.Append("</details>\n");
    }

    private void Problems(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0) body.Append("<h2>What went wrong</h2>\n");
        foreach (var problem in problems)
        {
            body.Append($"<div class=\"problem\"><strong>{Text(problem.Summary)}</strong>{(problem.Place is { } place ? $" <span class=\"faint\">at {Text(place)}</span>" : "")}\n<p>{Text(problem.Detail).ReplaceLineEndings("<br />")}</p>\n");
            if (problem.Command is { } command) body.Append($"<pre>{Text(command)}</pre>\n");
            if (problem.Link is { } link && link.StartsWith("https://", StringComparison.Ordinal)) body.Append($"<p><a rel=\"noreferrer\" href=\"{Text(link)}\">Read on</a></p>\n");
            if (problem.Correlation is { } correlation) body.Append($"<p class=\"faint\">Correlation id: {Text(correlation)}</p>\n");
            body.Append("</div>\n");
        }
    }

    // What XML cannot hold even when it is escaped is shown as a question mark.
    private static string Text(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\n' or '\t' || (rune.Value >= ' ' && rune.Value is not (0x7f or 0xfffe or 0xffff)) ? $"{rune}" : "?")));
}
