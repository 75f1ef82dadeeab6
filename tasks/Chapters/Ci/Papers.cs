using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Writes what a run leaves behind: plan and report as files, and as the one document on standard output when one was asked for.</summary>
public sealed class Papers(RunOptions options, TextWriter document, Redactor redactor)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private Plan? planned;

    /// <summary>Names of all files that a run may leave in the folder of its report.</summary>
    public static IReadOnlyList<string> Names { get; } = ["plan.json", "plan.md", "report.json", "report.md", "report.html", "proofs.json", "proofs.md", "fleet.json", "fleet.md"];

    /// <summary>The plan, as files.</summary>
    public async Task FileAsync(string deployment, Plan plan)
    {
        var json = Text(PlanJson.Of(deployment, plan));
        if (options.PlanFile is { } file) await WriteAsync(file, json);
        if (options.ReportFolder is not { } folder) return;

        await WriteAsync(Path.Combine(folder, "plan.json"), json);
        await WriteAsync(Path.Combine(folder, "plan.md"), PlanMarkdown.Of(deployment, plan));
        await WriteAsync(Path.Combine(folder, "report.html"), new HtmlReport(deployment).With(plan).Page());
        planned = plan;
    }

    /// <summary>The report, as files.</summary>
    public async Task FileAsync(string deployment, Report report)
    {
        if (options.ReportFolder is not { } folder) return;

        await WriteAsync(Path.Combine(folder, "report.json"), Text(ReportJson.Of(deployment, report)));
        await WriteAsync(Path.Combine(folder, "report.md"), ReportMarkdown.Of(deployment, report));
        await WriteAsync(Path.Combine(folder, "report.html"), new HtmlReport(deployment).With(report.Plan).With(report).Page());
    }

    /// <summary>The proofs, as files.</summary>
    public async Task FileAsync(string deployment, IReadOnlyList<ProofResult> proofs)
    {
        if (options.ReportFolder is not { } folder) return;

        await WriteAsync(Path.Combine(folder, "proofs.json"), Text(ProofsJson.Of(deployment, proofs)));
        await WriteAsync(Path.Combine(folder, "proofs.md"), ProofsMarkdown.Of(deployment, proofs));
        await WriteAsync(Path.Combine(folder, "report.html"), new HtmlReport(deployment).With(proofs).Page());
    }

    /// <summary>The proofs as the document of the run.</summary>
    public Task HandOutAsync(string deployment, IReadOnlyList<ProofResult> proofs) =>
        HandOutAsync(() => ProofsJson.Of(deployment, proofs), () => ProofsMarkdown.Of(deployment, proofs));

    /// <summary>What ended the run early, as the page of the run, after the plan if there was one.</summary>
    public async Task FileAsync(string deployment, IReadOnlyList<Problem> problems)
    {
        if (options.ReportFolder is not { } folder) return;

        var page = new HtmlReport(deployment);
        await WriteAsync(Path.Combine(folder, "report.html"), (planned is null ? page : page.With(planned)).With(problems).Page());
    }

    /// <summary>The plan as the document of the run.</summary>
    public Task HandOutAsync(string deployment, Plan plan) =>
        HandOutAsync(() => PlanJson.Of(deployment, plan), () => PlanMarkdown.Of(deployment, plan));

    /// <summary>The report as the document of the run.</summary>
    public Task HandOutAsync(string deployment, Report report) =>
        HandOutAsync(() => ReportJson.Of(deployment, report), () => ReportMarkdown.Of(deployment, report));

    /// <summary>What ended the run early, as the document of the run.</summary>
    public Task HandOutAsync(string deployment, IReadOnlyList<Problem> problems) => HandOutAsync(
        () => new JsonObject { ["formatVersion"] = PlanJson.FormatVersion, ["deployment"] = deployment, ["problems"] = new JsonArray([.. problems.Select(PlanJson.Of)]) },
        () => $"## {deployment}\n\n{string.Concat(problems.Select(problem => $"### {problem.Summary}\n\n{problem.Detail}\n\n"))}");

    /// <summary>The fleet as the document of the run.</summary>
    public Task HandOutAsync(Fleet fleet) =>
        HandOutAsync(() => FleetJson.Of(fleet), () => $"## Fleet\n\n| ring | manifest |\n| --- | --- |\n{string.Concat(fleet.Rings.SelectMany(ring => ring.Members.Select(member => $"| {ring.Name} | `{member.Manifest}` |\n")))}");

    /// <summary>What became of the fleet, as files.</summary>
    public async Task FileAsync(FleetReport report)
    {
        if (options.ReportFolder is not { } folder) return;

        await WriteAsync(Path.Combine(folder, "fleet.json"), Text(report.Json()));
        await WriteAsync(Path.Combine(folder, "fleet.md"), report.Markdown());
    }

    /// <summary>What became of the fleet as the document of the run.</summary>
    public Task HandOutAsync(FleetReport report) => HandOutAsync(report.Json, report.Markdown);

    /// <summary>A document that is the whole result of the run, whatever form was asked for.</summary>
    public async Task HandOutAsync(string text)
    {
        await document.WriteAsync(text);
        await document.FlushAsync();
    }

    private async Task HandOutAsync(Func<JsonObject> json, Func<string> markdown)
    {
        if (options.Output is OutputForm.Json) await document.WriteLineAsync(redactor.Clean(Text(json())));
        if (options.Output is OutputForm.Markdown) await document.WriteLineAsync(redactor.Clean(markdown()));
    }

    private async Task WriteAsync(string file, string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, redactor.Clean(text.EndsWith('\n') ? text : $"{text}\n"));
    }

    private static string Text(JsonNode node) => node.ToJsonString(Indented);
}
