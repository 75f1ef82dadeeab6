using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

public sealed class ReportPrintingTests
{
    [Fact]
    public void A_good_report_is_read_in_a_terminal() => Snapshot.Verify(new ReportText(Style.Plain).Whole("prod", Story.Good()));

    [Fact]
    public void A_bad_report_is_read_in_a_terminal() => Snapshot.Verify(new ReportText(Style.Plain).Whole("prod", Story.Bad()));

    [Fact]
    public void A_bad_report_is_read_in_colour() => Snapshot.Verify(new ReportText(Style.Coloured).Whole("prod", Story.Bad()).Replace('\e', '␛'));

    [Fact]
    public void The_end_of_a_run_is_read_by_who_saw_its_tasks() => Snapshot.Verify(new ReportText(Style.Plain).Of("prod", Story.Bad()));

    [Fact]
    public void A_good_report_is_read_in_a_job_summary() => Snapshot.Verify(ReportMarkdown.Of("prod", Story.Good()));

    [Fact]
    public void A_bad_report_is_read_in_a_job_summary() => Snapshot.Verify(ReportMarkdown.Of("prod", Story.Bad()));

    [Fact]
    public void A_report_is_read_by_programs() => Snapshot.Verify(ReportJson.Of("prod", Story.Bad()).ToJsonString(PlanPrintingTests.Indented));

    [Fact]
    public void The_last_line_answers_whether_the_world_is_as_wished()
    {
        var kept = new Plan([.. Story.Plan().Parts.Select(part => part with { Changes = [.. part.Changes.Where(change => change.Verb is Verb.Keep)] })]);
        var report = new Report(kept, [.. kept.Changes.Select(change => new Outcome(change, Ending.Kept, TimeSpan.Zero))], default, TimeSpan.FromMilliseconds(400));

        Assert.Equal("As wished: prod has 2 resources, 2 kept, in 400 ms.", ReportSum.Of("prod", report));
        Assert.StartsWith("As wished: prod has 8 resources, 2 made, 1 changed, ", ReportSum.Of("prod", Story.Good()), StringComparison.Ordinal);
        Assert.EndsWith(" The next run goes on from here.", ReportSum.Of("prod", Story.Bad()), StringComparison.Ordinal);
    }

    [Fact]
    public void That_the_progress_was_not_heard_is_said_before_the_last_line()
    {
        var report = Story.Good() with { Unheard = new("Progress was not shown in full", "What shows the progress failed.") };

        var lines = new ReportText(Style.Plain).Of("prod", report).TrimEnd().Split('\n');

        Assert.Equal("What shows the progress failed.", lines[^2]);
    }
}
