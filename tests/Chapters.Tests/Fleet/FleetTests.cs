using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>How manifests become rings, rings become jobs, and one bad ring stops the rest.</summary>
public sealed class FleetTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fleet-");

    [Fact]
    public void A_folder_is_a_ring_and_numbers_follow_by_their_value()
    {
        Write("fleet/ring-10/b.yml", "fleet/ring-2/c.yml", "fleet/ring-2/a.yml", "fleet/ring-1/d.yml", "fleet/readme.md");

        var fleet = FleetReader.Read("fleet/*/*.yml", root.FullName);

        Assert.Equal(["ring-1: d", "ring-2: a c", "ring-10: b"], fleet.Rings.Select(ring => $"{ring.Name}: {string.Join(' ', ring.Members.Select(member => member.Name))}"));
        Assert.Equal("fleet/ring-1/d.yml", fleet.Members.First().Manifest);
    }

    [Fact]
    public void What_is_laid_over_a_manifest_is_no_member()
    {
        Write("fleet/all/a.yml", "fleet/all/a.prod.yml", "fleet/all/b.two.yml");

        Assert.Equal(["a", "b.two"], FleetReader.Read("fleet/**/*.yml", root.FullName).Members.Select(member => member.Name));
    }

    [Fact]
    public void Files_of_one_folder_are_one_ring_wherever_they_are()
    {
        Write("a.yml", "b.yml");

        Assert.Equal([root.Name], FleetReader.Read("*.yml", root.FullName).Rings.Select(ring => ring.Name));
        Assert.Equal(["../a.yml", "../b.yml"], FleetReader.Read($"{root.FullName}/*.yml", root.CreateSubdirectory("elsewhere").FullName).Members.Select(member => member.Manifest));
    }

    [Fact]
    public void A_fleet_of_nobody_is_a_mistake()
    {
        var failure = Assert.Throws<ProblemException>(() => FleetReader.Read("fleet/*/*.yml", root.FullName));

        Assert.Equal("Fleet is empty", failure.Problems[0].Summary);
    }

    [Theory]
    [InlineData("fleet/1/a.yml", "fleet/2/a.yml")]
    [InlineData("fleet/1/a.yml", "fleet/1/a.yaml")]
    [InlineData("fleet/1/A.yml", "fleet/2/a.yml")]
    public void Two_members_of_one_name_are_a_mistake(string one, string other)
    {
        Write(one, other, "fleet/2/b.yml");

        var failure = Assert.Throws<ProblemException>(() => FleetReader.Read("fleet/*/*", root.FullName));

        var problem = Assert.Single(failure.Problems);
        Assert.Equal("Fleet has a name twice", problem.Summary);
        Assert.Contains(one, problem.Detail, StringComparison.Ordinal);
        Assert.Contains(other, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_ring_has_the_matrix_of_both_vendors()
    {
        Fleet fleet = new([new("1", [new("a.b", "f/1/a.b.yml"), new("a-b", "f/1/a-b.yml"), new("1", "f/1/1.yml")])]);

        var json = FleetJson.Of(fleet);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"include":[{"name":"a.b","manifest":"f/1/a.b.yml"},{"name":"a-b","manifest":"f/1/a-b.yml"},{"name":"1","manifest":"f/1/1.yml"}]}"""), json["rings"]![0]!["github"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a_b":{"name":"a.b","manifest":"f/1/a.b.yml"},"a_b_2":{"name":"a-b","manifest":"f/1/a-b.yml"},"m_1":{"name":"1","manifest":"f/1/1.yml"}}"""), json["rings"]![0]!["azure"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"ring":"1","name":"a.b","manifest":"f/1/a.b.yml"}"""), json["include"]![0]));
    }

    [Fact]
    public async Task A_bad_ring_is_finished_and_no_other_is_begun()
    {
        Fleet fleet = new([new("1", [new("a", "a.yml")]), new("2", [new("b", "b.yml"), new("c", "c.yml")]), new("3", [new("d", "d.yml")])]);
        List<string> begun = [];

        var report = await new FleetRollout((_, member) =>
        {
            begun.Add(member.Name);
            return Task.FromResult(new MemberRun(member.Name == "b" ? ExitCode.Refused : ExitCode.AsWished, member.Name == "b" ? FailureReason.Refused : FailureReason.None, "told", TimeSpan.Zero));
        }).RunAsync(fleet, CancellationToken.None);

        Assert.Equal(["a", "b", "c"], begun);
        Assert.Equal((ExitCode.Refused, "2"), (report.Exit, report.Bad?.Name));
        Assert.Equal("Not as wished: ring 2 has 1 of 2 that failed (b); not begun: 3.", report.Sum);
        Assert.Contains("| 3 | `d.yml` | not begun |", report.Markdown(), StringComparison.Ordinal);
        Assert.False((bool)report.Json()["rings"]![2]!["members"]![0]!["begun"]!);
    }

    public void Dispose() => root.Delete(recursive: true);

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(root.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
