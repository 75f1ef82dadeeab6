using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

/// <summary>docs/plan-json.md and docs/glossary.md say what the code does.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Format = File.ReadAllText(Path.Combine(Snapshot.Root, "docs", "plan-json.md"));

    [Fact]
    public void Every_member_that_is_written_is_described()
    {
        var documents = new[] { PlanJson.Of("prod", Story.Plan()), ReportJson.Of("prod", Story.Good()), ReportJson.Of("prod", Story.Bad()) };

        var written = documents.SelectMany(document => Members(document)).Distinct(StringComparer.Ordinal).ToList();

        Assert.Equal([], written.Except(Described()));
    }

    [Fact]
    public void Every_member_that_is_described_is_written()
    {
        var documents = new[] { PlanJson.Of("prod", Story.Plan()), ReportJson.Of("prod", Story.Good()), ReportJson.Of("prod", Story.Bad()) };

        var written = documents.SelectMany(document => Members(document));

        Assert.Equal([], Described().Except(written));
    }

    [Fact]
    public void The_version_it_promises_is_the_version_that_is_written() =>
        Assert.Contains($"`formatVersion` is `{PlanJson.FormatVersion}`", Format, StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(Verb))]
    [InlineData(typeof(Ending))]
    public void Every_verb_and_every_ending_has_a_line(Type words) =>
        Assert.All(Enum.GetNames(words), word => Assert.Matches($@"(?m)^\| `{word.ToLowerInvariant()}` \|", Format));

    [Fact]
    public void Every_verb_and_every_ending_is_in_the_glossary()
    {
        var lines = File.ReadAllLines(Path.Combine(Snapshot.Root, "docs", "glossary.md"));

        var (verb, ending) = (lines.Single(line => line.StartsWith("| verb ", StringComparison.Ordinal)), lines.Single(line => line.StartsWith("| ending ", StringComparison.Ordinal)));

        Assert.All(Enum.GetNames<Verb>(), name => Assert.Contains(name, verb, StringComparison.OrdinalIgnoreCase));
        Assert.All(Enum.GetNames<Ending>(), name => Assert.Contains(name, ending, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_glossary_has_each_word_once_and_in_order()
    {
        var words = File.ReadAllLines(Path.Combine(Snapshot.Root, "docs", "glossary.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim()).ToList();

        Assert.Equal(words.Distinct().Order(StringComparer.Ordinal), words);
    }

    /// <summary>Names of members in the tables of members; those below others are told by their last part.</summary>
    private static List<string> Described() => [.. MemberLine().Matches(Format).Select(match => match.Groups["name"].Value.Split('.')[^1]).Distinct(StringComparer.Ordinal)];

    /// <summary>Members of the format, not of values that belong to a remote.</summary>
    private static IEnumerable<string> Members(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key is "desired" or "counts" or "before" or "after" ? [member.Key] : Members(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };

    [GeneratedRegex(@"^\| `(?<name>[a-zA-Z\[\].]+)` \| (text|number|boolean|object|array|any) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MemberLine();
}
