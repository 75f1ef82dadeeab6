using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A fleet as JSON: all of it, and for each ring the matrix that GitHub Actions and Azure Pipelines make jobs of; described in docs/ci.md.</summary>
public static partial class FleetJson
{
    public static JsonObject Of(Fleet fleet) => new()
    {
        ["formatVersion"] = PlanJson.FormatVersion,
        ["include"] = new JsonArray([.. fleet.Rings.SelectMany(ring => ring.Members.Select(member => (JsonNode)new JsonObject { ["ring"] = ring.Name, ["name"] = member.Name, ["manifest"] = member.Manifest }))]),
        ["rings"] = new JsonArray([.. fleet.Rings.Select(ring => (JsonNode)new JsonObject { ["name"] = ring.Name, ["github"] = GitHub(ring), ["azure"] = Azure(ring) })]),
    };

    /// <summary>The <c>strategy.matrix</c> of a job of GitHub Actions.</summary>
    public static JsonObject GitHub(Ring ring) => new() { ["include"] = new JsonArray([.. ring.Members.Select(member => (JsonNode)Entry(member))]) };

    /// <summary>The <c>strategy.matrix</c> of a job of Azure Pipelines, which names each by a word.</summary>
    public static JsonObject Azure(Ring ring)
    {
        var matrix = new JsonObject();
        foreach (var member in ring.Members) matrix[Free(matrix, Word(member.Name))] = Entry(member);
        return matrix;
    }

    /// <summary>Letters, digits and underscores, a letter first.</summary>
    private static string Word(string name)
    {
        var word = Other().Replace(name, "_");
        return char.IsAsciiLetter(word[0]) ? word : $"m_{word}";
    }

    private static JsonObject Entry(Member member) => new() { ["name"] = member.Name, ["manifest"] = member.Manifest };

    private static string Free(JsonObject matrix, string word) =>
        Enumerable.Range(1, matrix.Count + 1).Select(number => number == 1 ? word : $"{word}_{number}").First(candidate => !matrix.ContainsKey(candidate));

    [GeneratedRegex("[^A-Za-z0-9_]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
