using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Pipelines.Tests;

/// <summary>What every workflow keeps to: twins, pins, permissions, concurrency, no text in scripts.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Sources => [.. WorkflowFiles.Sources];

    [Fact]
    public void Every_verb_is_there() =>
        Assert.Equal(["deploy", "destroy", "drift", "fleet", "plan", "rehearse"], WorkflowFiles.Sources.Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_callable_twin_equals_its_source(string source) =>
        Assert.Equal(Repository.Read(source), Repository.Read($".github/workflows/{Path.GetFileName(source)}"));

    [Fact]
    public void Actions_of_others_are_pinned_by_full_hash_with_the_version_beside_it_and_everywhere_the_same()
    {
        var uses = new[] { "action.yml" }.Concat(WorkflowFiles.All).SelectMany(file => Uses().Matches(Repository.Read(file)).Select(match => (file, Line: match.Value.Trim(), What: match.Groups["what"].Value)))
            .Where(use => !use.What.StartsWith("./", StringComparison.Ordinal) && !use.What.StartsWith("dss-pipeline/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Matches(@"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", use.Line));
        Assert.All(uses.GroupBy(use => use.What.Split('@')[0]), same => Assert.Single(same.Select(use => use.Line.TrimStart('-', ' ')).Distinct()));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_job_starts_from_no_permission_and_says_why_it_takes_each(string source)
    {
        var text = Repository.Read(source);

        Assert.Contains("\npermissions: {}\n", text, StringComparison.Ordinal);
        Assert.All(WorkflowFiles.Jobs(source), job => Assert.True(job.Job.Children.ContainsKey("permissions"), $"{source}: {job.Name} has no permissions of its own"));
        Assert.All(Permission().Matches(text), line => Assert.Matches(": (read|write) # to .+$", line.Value.TrimEnd()));
    }

    [Fact]
    public void A_rehearsal_takes_no_credentials()
    {
        var text = Repository.Read("pipelines/github/rehearse.yml");

        Assert.DoesNotContain("id-token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("deploy")]
    [InlineData("drift")]
    [InlineData("destroy")]
    public void Runs_of_one_environment_wait_for_each_other_and_are_never_cut(string verb)
    {
        var concurrency = (YamlMappingNode)WorkflowFiles.Jobs($"pipelines/github/{verb}.yml").Single(job => job.Name == verb).Job["concurrency"];

        Assert.Contains("inputs.label || inputs.environment", $"{concurrency["group"]}", StringComparison.Ordinal);
        Assert.Equal("false", $"{concurrency["cancel-in-progress"]}");
    }

    [Fact]
    public void No_expression_becomes_text_of_a_script()
    {
        var scripts = new[] { "action.yml" }.Concat(WorkflowFiles.Sources).SelectMany(file => Script().Matches(Repository.Read(file)).Select(match => match.Value)).ToList();

        Assert.NotEmpty(scripts);
        Assert.Matches(Script(), "      - run: echo ${{ inputs.label }}");
        Assert.All(scripts, script => Assert.Matches("""^\s+(- )?run: exec bash ("\$GITHUB_ACTION_PATH|\.dss-pipeline)/pipelines/github/\w+\.sh"?$""", script.TrimEnd()));
    }

    [GeneratedRegex(@"uses: (?<what>\S+).*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^ {6}[a-z-]+: (read|write)\b.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Permission();

    [GeneratedRegex(@"^\s+(- )?run:.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Script();
}
