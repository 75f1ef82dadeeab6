using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>A report as JSON, for programs; described in docs/plan-json.md.</summary>
public static class ReportJson
{
    public static JsonObject Of(string deployment, Report report) => new()
    {
        ["formatVersion"] = PlanJson.FormatVersion,
        ["deployment"] = deployment,
        ["digest"] = report.Plan.Digest,
        ["started"] = report.Started.ToString("O"),
        ["seconds"] = Math.Round(report.Took.TotalSeconds, 3),
        ["asWished"] = report.IsGood,
        ["answer"] = ReportSum.Of(deployment, report),
        ["counts"] = new JsonObject(Enum.GetValues<Ending>().Select(ending => KeyValuePair.Create<string, JsonNode?>(PlanJson.Name(ending), report.Count(ending)))),
        ["outcomes"] = Outcomes(report),
    };

    private static JsonArray Outcomes(Report report)
    {
        var tasks = report.Plan.Parts.SelectMany(part => part.Changes.Select(change => (change.Id, part.Name))).ToDictionary(pair => pair.Id, pair => pair.Name);
        return [.. report.Outcomes.Where(outcome => outcome.Ending is not Ending.Kept).Select(outcome => Of(tasks[outcome.Id], outcome))];
    }

    private static JsonObject Of(string task, Outcome outcome)
    {
        var json = PlanJson.Of(outcome.Change);
        json["task"] = task;
        json["ending"] = PlanJson.Name(outcome.Ending);
        json["seconds"] = Math.Round(outcome.Took.TotalSeconds, 3);
        if (outcome.Problem is { } problem) json["problem"] = PlanJson.Of(problem);
        return json;
    }
}
