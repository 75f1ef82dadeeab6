using DssPipeline.Chapters;

namespace DssPipeline.Docs.Tests;

/// <summary>docs/ci.md lists the outputs of a run and the reasons of a failure, and no others.</summary>
public class CiPageTests
{
    private const string File = "docs/ci.md";

    [Fact]
    public void The_outputs_are_those_that_a_run_hands_over()
    {
        var outputs = Outputs.Of(plan: null, FailureReason.None, new RunOptions()).Select(output => output.Name);

        Assert.Equal([.. outputs, "fleet", "ring-1", "ring-2"], Rows("| output | meaning |").SelectMany(Words));
    }

    [Fact]
    public void The_reasons_are_the_closed_list_each_with_its_exit_code()
    {
        var rows = Rows("| `failure-reason` | exit code | meaning |").ToList();

        Assert.Equal(Enum.GetValues<FailureReason>().Select(reason => reason.Word()).Order(StringComparer.Ordinal), rows.SelectMany(Words).Order(StringComparer.Ordinal));
        foreach (var code in Enum.GetValues<ExitCode>()) Assert.Contains(rows, row => row.StartsWith($"| `{FailureReasons.Of(code).Word()}` | {(int)code} |", StringComparison.Ordinal));
    }

    /// <summary>The rows of the table with this head.</summary>
    private static IEnumerable<string> Rows(string head) => Page.Of(File).Prose.Select(line => line.Text)
        .SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'));

    /// <summary>The words in code of the first cell.</summary>
    private static IEnumerable<string> Words(string row) => row.Split('|')[1].Split('`').Where((_, place) => place % 2 == 1);
}
