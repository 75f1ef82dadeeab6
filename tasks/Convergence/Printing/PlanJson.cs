using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>A plan as JSON, for programs. The format is described in docs/plan-json.md and numbered by <see cref="FormatVersion"/>.</summary>
public static class PlanJson
{
    /// <summary>Raised when a reader of the old format would misread the new one.</summary>
    public const int FormatVersion = 1;

    /// <summary>The whole plan: counts, digest and every change that is not "keep".</summary>
    public static JsonObject Of(string deployment, Plan plan) => new()
    {
        ["formatVersion"] = FormatVersion,
        ["deployment"] = deployment,
        ["digest"] = plan.Digest,
        ["answer"] = PlanText.Sum(plan),
        ["counts"] = Counts(plan),
        ["tasks"] = new JsonArray([.. plan.Parts.Select(part => new JsonObject
        {
            ["name"] = part.Name,
            ["asWished"] = part.Changes.Count(change => change.Verb is Verb.Keep),
            ["changes"] = new JsonArray([.. part.Changes.Where(change => change.Verb is not Verb.Keep).Select(Of)]),
        })]),
    };

    /// <summary>One change, secrets hidden.</summary>
    public static JsonObject Of(Change change)
    {
        var json = new JsonObject { ["id"] = change.Id.ToString(), ["verb"] = Name(change.Verb) };
        if (change.Differences.Count > 0) json["differences"] = new JsonArray([.. change.Differences.Select(Of)]);
        if (change.Verb is Verb.Create or Verb.Replace && change.Desired is { } wish) json["desired"] = Hiding.Hide(wish, change.Resource.Comparison.Hidden);
        if (ChangeText.Reason(change) is { } reason) json["reason"] = reason;
        if (ChangeText.Interrupting(change) is { } interruption) json["interruption"] = interruption;
        if (change.Problem is { } problem) json["problem"] = Of(problem);
        return json;
    }

    /// <summary>One problem.</summary>
    public static JsonObject Of(Problem problem)
    {
        var json = new JsonObject { ["summary"] = problem.Summary, ["detail"] = problem.Detail };
        if (problem.Place is not null) json["place"] = problem.Place;
        if (problem.Command is not null) json["command"] = problem.Command;
        if (problem.Link is not null) json["link"] = problem.Link;
        if (problem.Correlation is not null) json["correlation"] = problem.Correlation;
        return json;
    }

    /// <summary>The word for a verb, as programs read it.</summary>
    public static string Of(Verb verb) => Name(verb);

    /// <summary>The word for an ending, as programs read it.</summary>
    public static string Of(Ending ending) => Name(ending);

    internal static string Name<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant($"{value}"[0]) + $"{value}"[1..];

    private static JsonObject Counts(Plan plan) =>
        new(Enum.GetValues<Verb>().Select(verb => KeyValuePair.Create<string, JsonNode?>(Name(verb), plan.Count(verb))));

    private static JsonObject Of(Difference difference)
    {
        var json = new JsonObject
        {
            ["path"] = difference.Path,
            ["before"] = difference.Hidden ? Hiding.Mask : difference.Before?.DeepClone(),
            ["after"] = difference.Hidden ? Hiding.Mask : difference.After?.DeepClone(),
        };
        if (difference.Fixed) json["fixed"] = true;
        return json;
    }
}
