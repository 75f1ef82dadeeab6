using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The page of a run takes 1 MiB and no more.</summary>
public sealed class StepSummaryTests
{
    [Fact]
    public void A_plan_too_long_is_cut_between_two_resources()
    {
        var summary = new StepSummary();
        var value = new string('ü', 300);
        summary.Planned("prod", new([new("CreateAdls", "Accounts", [.. Enumerable.Range(0, 9000).Select(number => Wished.Update($"azure/storageAccount/st{number}", "/tag", $"{value}{number}", "b"))])]));
        summary.Add("## Rollout of prod\n");

        var text = summary.Text();

        Assert.InRange(Encoding.UTF8.GetByteCount(text), StepSummary.Limit / 2, StepSummary.Limit);
        Assert.EndsWith("## Rollout of prod\n", text, StringComparison.Ordinal);
        Assert.Contains("more resources do not fit here.** The whole plan is in the log of the run", text, StringComparison.Ordinal);
        Assert.Equal(0, text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);
        Assert.Equal(text.Split("azure/storageAccount/st").Length - 1, text.Split("/tag: ").Length - 1);
    }

    [Fact]
    public void A_plan_that_fits_is_shown_whole_with_its_graph()
    {
        var summary = new StepSummary();
        summary.Planned("prod", new([new("CreateAdls", "Accounts", [Wished.Create("azure/storageAccount/st")])]));

        Assert.Contains("+ azure/storageAccount/st\n", summary.Text(), StringComparison.Ordinal);
        Assert.Contains("```mermaid\nflowchart LR\n  subgraph t0[\"CreateAdls\"]\n    r0[\"+ storageAccount/st\"]:::create\n  end\n", summary.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_said_nothing_has_no_summary() => Assert.Equal("", new StepSummary().Text());
}
