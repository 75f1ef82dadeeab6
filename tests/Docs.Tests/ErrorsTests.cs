namespace DssPipeline.Docs.Tests;

/// <summary>docs/errors.md has one heading for every problem the program can tell, and for no other.</summary>
public class ErrorsTests
{
    private const string File = "docs/errors.md";

    private static IEnumerable<(int Level, string Text, int Line)> Headings => Page.Of(File).Headings.Where(heading => heading.Level == 3);

    [Fact]
    public void The_sources_are_read_in_full()
    {
        Assert.True(SpokenProblems.InCode.Count >= 30, $"Only {SpokenProblems.InCode.Count} problems were found in the code: the scan has lost its way of reading it.");
        Assert.True(SpokenProblems.Constants.Count >= 20, $"Only {SpokenProblems.Constants.Count} summaries of the manifest were found.");
        Assert.True(SpokenProblems.Rows.Count >= 40, $"Only {SpokenProblems.Rows.Count} rows of known problems were found.");
        Found.Nothing(SpokenProblems.Unread);
    }

    [Fact]
    public void Every_problem_has_a_heading()
    {
        var headings = Headings.Select(heading => heading.Text).ToHashSet(StringComparer.Ordinal);

        var missing = SpokenProblems.All.Where(spoken => !headings.Contains(spoken.Summary)).Select(spoken => $"{spoken.Summary} ({spoken.Place})");

        Found.Nothing(missing);
    }

    [Fact]
    public void Every_heading_is_a_problem()
    {
        var spoken = SpokenProblems.All.Select(problem => problem.Summary).ToHashSet(StringComparer.Ordinal);

        var stale = Headings.Where(heading => !spoken.Contains(heading.Text)).Select(heading => $"{File}:{heading.Line}: nothing says \"{heading.Text}\" any more");

        Found.Nothing(stale);
    }

    [Fact]
    public void Every_problem_is_explained_once_and_says_what_to_do()
    {
        var lines = Page.Of(File).Prose.ToList();
        var headings = Headings.ToList();

        var twice = headings.GroupBy(heading => heading.Text, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);
        var silent = headings.Where(heading => !Below(lines, heading.Line).Any(line => line.Text.StartsWith("**Do:** ", StringComparison.Ordinal))).Select(heading => heading.Text);

        Found.Nothing(twice);
        Found.Nothing(silent);
    }

    private static IEnumerable<(int Line, string Text)> Below(IEnumerable<(int Line, string Text)> lines, int heading) =>
        lines.Where(line => line.Line > heading).TakeWhile(line => !line.Text.StartsWith('#'));
}
