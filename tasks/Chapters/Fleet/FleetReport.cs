using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What the run of one member came to.</summary>
/// <param name="Answer">The one sentence that says it.</param>
public sealed record MemberRun(ExitCode Exit, FailureReason Reason, string Answer, TimeSpan Took);

/// <summary>What became of a fleet: of every member, also of those whose ring was not begun.</summary>
public sealed record FleetReport(Fleet Fleet, IReadOnlyDictionary<Member, MemberRun> Runs)
{
    /// <summary>The first ring with a member that is not as wished; null when all are.</summary>
    public Ring? Bad => Fleet.Rings.FirstOrDefault(ring => ring.Members.Any(IsBad));

    /// <summary>The rings that were not begun because of one before them.</summary>
    public IReadOnlyList<Ring> NotBegun => [.. Fleet.Rings.Where(ring => !ring.Members.Any(Runs.ContainsKey))];

    public ExitCode Exit => Fleet.Members.Where(IsBad).Select(member => Runs[member].Exit).FirstOrDefault(ExitCode.AsWished);

    /// <summary>The sentence that answers whether the fleet is as wished.</summary>
    public string Sum => Bad is { } bad
        ? $"Not as wished: ring {bad.Name} has {bad.Members.Count(IsBad)} of {bad.Members.Count} that failed ({string.Join(", ", bad.Members.Where(IsBad).Select(member => member.Name))}){(NotBegun is [] ? "" : $"; not begun: {string.Join(", ", NotBegun.Select(ring => ring.Name))}")}."
        : $"As wished: {Fleet.Members.Count()} deployments in {Fleet.Rings.Count} rings.";

    /// <summary>One table, for the page of a run.</summary>
    public string Markdown()
    {
        var text = new StringBuilder($"## Fleet\n\n**{Sum}**\n\n| ring | deployment | ended | took | |\n| --- | --- | --- | ---: | --- |\n");
        foreach (var ring in Fleet.Rings)
        {
            foreach (var member in ring.Members)
            {
                var run = Runs.GetValueOrDefault(member);
                text.Append($"| {Cell(ring.Name)} | `{member.Manifest}` | {(run is null ? "not begun" : run.Exit is ExitCode.AsWished ? "as wished" : run.Reason.Word())} | {(run is null ? "" : Duration.Text(run.Took))} | {Cell(run?.Answer ?? "")} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The same for programs.</summary>
    public JsonObject Json() => new()
    {
        ["formatVersion"] = PlanJson.FormatVersion,
        ["asWished"] = Bad is null,
        ["rings"] = new JsonArray([.. Fleet.Rings.Select(ring => (JsonNode)new JsonObject { ["name"] = ring.Name, ["members"] = new JsonArray([.. ring.Members.Select(member => (JsonNode)Json(member))]) })]),
    };

    private JsonObject Json(Member member)
    {
        var json = new JsonObject { ["name"] = member.Name, ["manifest"] = member.Manifest, ["begun"] = Runs.ContainsKey(member) };
        if (!Runs.TryGetValue(member, out var run)) return json;

        json["exitCode"] = (int)run.Exit;
        json["failureReason"] = run.Reason.Word();
        json["answer"] = run.Answer;
        json["seconds"] = Math.Round(run.Took.TotalSeconds, 3);
        return json;
    }

    private bool IsBad(Member member) => Runs.TryGetValue(member, out var run) && run.Exit is not ExitCode.AsWished;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
