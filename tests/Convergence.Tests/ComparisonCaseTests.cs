using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

/// <summary>Each file of <c>Cases/</c> holds a comparison, a wish and what was observed; the text beside it holds what a person reads. A new case needs no code.</summary>
public sealed class ComparisonCaseTests
{
    private static readonly Permissions Allowed = Permissions.None with { Replace = new HashSet<ResourceId> { Thing.IdOf("allowed") } };

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_person_reads_what_differs(string name)
    {
        var file = JsonSerializer.Deserialize<CaseFile>(File.ReadAllText(Path.Combine(Folder, $"{name}.json")), JsonSerializerOptions.Web)!;
        var thing = new Thing(new World(), file.Name ?? "it", file.Desired) { Bends = file.Comparison.Read() };

        var change = Change.Between(thing, thing.Desired, file.Observed, Allowed);

        Snapshot.Matches(string.Join('\n', new PlanText(Style.Plain).Of(change)), Path.Combine(Folder, $"{name}.verified.txt"));
    }

    private static string Folder => Path.Combine(Snapshot.Folder(), "Cases");

    private sealed record CaseFile(string? Name, Bends Comparison, JsonNode? Desired, JsonNode? Observed);

    private sealed record Bends
    {
        public string[] Folded { get; init; } = [];

        public string[] Unordered { get; init; } = [];

        public string[] Hidden { get; init; } = [];

        public string[] Fixed { get; init; } = [];

        public Comparison Read() => new(Paths.Of(Folded), Paths.Of(Unordered), Paths.Of(Hidden), Paths.Of(Fixed));
    }
}
