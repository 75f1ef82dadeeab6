using System.Text.Json;
using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

public sealed class PlanPrintingTests
{
    internal static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Plan Empty = new([new("CreateNetwork", "The network", [])]);

    [Fact]
    public void A_plan_is_read_in_a_terminal() => Snapshot.Verify(new PlanText(Style.Plain).Of("prod", Story.Plan()));

    [Fact]
    public void A_plan_is_read_in_colour() => Snapshot.Verify(new PlanText(Style.Coloured).Of("prod", Story.Plan()).Replace('\e', '␛'));

    [Fact]
    public void A_plan_is_read_in_a_pull_request() => Snapshot.Verify(PlanMarkdown.Of("prod", Story.Plan()));

    [Fact]
    public void A_plan_is_read_by_programs() => Snapshot.Verify(PlanJson.Of("prod", Story.Plan()).ToJsonString(Indented));

    [Fact]
    public void A_plan_with_nothing_to_do_says_why()
    {
        var kept = new Plan([.. Story.Plan().Parts.Select(part => part with { Changes = [.. part.Changes.Where(change => change.Verb is Verb.Keep)] })]);

        Assert.Equal("Plan of prod\n\nNothing to do: all 2 resources are as wished.\n", new PlanText(Style.Plain).Of("prod", kept));
        Assert.Equal("Nothing to do: nothing is wished for.", PlanText.Sum(Empty));
    }

    [Fact]
    public void Secrets_are_in_no_output()
    {
        var (plan, report) = (Story.Plan(), Story.Bad());

        var everything = string.Concat(
            new PlanText(Style.Plain).Of("prod", plan),
            PlanMarkdown.Of("prod", plan),
            PlanJson.Of("prod", plan).ToJsonString(),
            new ReportText(Style.Plain).Whole("prod", report),
            ReportMarkdown.Of("prod", report),
            ReportJson.Of("prod", report).ToJsonString());

        Assert.DoesNotContain("hunter2", everything, StringComparison.Ordinal);
        Assert.Contains("(secret)", everything, StringComparison.Ordinal);
    }
}
