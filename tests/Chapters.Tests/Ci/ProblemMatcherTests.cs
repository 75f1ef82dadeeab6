using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The matcher of GitHub for runs that do not know they are in a job, against what such a run prints.</summary>
public sealed class ProblemMatcherTests
{
    private static readonly JsonNode Matcher = JsonNode.Parse(File.ReadAllText(Path.Join(Snapshot.Root, "pipelines", "github", "problem-matcher.json")))!["problemMatcher"]![0]!;

    [Fact]
    public void Every_problem_of_a_manifest_is_found_with_file_line_and_column()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("matcher-").FullName, "deployment.yml");
        File.WriteAllText(file, "name: demo\nvm:\n  sise: x\nadls:\n  - account: St-Demo\n");

        var told = Assert.Throws<ProblemException>(() => ManifestReader.Read(file, new ReadOptions { Variables = _ => null })).Problems;
        var found = Matches(new ProblemText(Style.Plain).Of(told));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        Assert.Contains($"Unknown key at {file}:3:3", found);
        Assert.Contains($"Value badly formed at {file}:5:14", found);
        Assert.Equal(told.Where(problem => problem.Place is not null).Select(problem => $"{problem.Summary} at {problem.Place}"), found);
    }

    [Fact]
    public void Other_lines_are_no_problems() =>
        Assert.Empty(Matches("Plan: 3 to create.\nError: Not allowed in Azure\nThe identity may not read.\nat noon: it was 12:00:00 sharp\n"));

    /// <summary>As GitHub matches: the patterns of one problem on lines that follow one another.</summary>
    private static List<string> Matches(string text)
    {
        var patterns = Matcher["pattern"]!.AsArray().Select(pattern => new Regex((string)pattern!["regexp"]!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1))).ToList();
        var places = Matcher["pattern"]![1]!;
        return [.. text.Split('\n').Zip(text.Split('\n').Skip(1))
            .Select(pair => (Message: patterns[0].Match(pair.First), Place: patterns[1].Match(pair.Second)))
            .Where(pair => pair.Message.Success && pair.Place.Success)
            .Select(pair => $"{pair.Message.Groups[(int)Matcher["pattern"]![0]!["message"]!].Value} at {pair.Place.Groups[(int)places["file"]!].Value}:{pair.Place.Groups[(int)places["line"]!].Value}:{pair.Place.Groups[(int)places["column"]!].Value}")];
    }
}
