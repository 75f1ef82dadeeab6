using System.Xml.Linq;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The page of a run, whatever the names and answers in it say.</summary>
public sealed class HtmlReportTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&\u0001\u001b[31m</pre><img src=x onerror=alert(1)>";

    [Fact]
    public void Whatever_is_told_is_text()
    {
        var change = Wished.Update("azure/vault/kv", $"/{Hostile}", Hostile, "b");
        Plan plan = new([new(Hostile, Hostile, [change])]);
        Report report = new(plan, [new(change, Ending.Failed, TimeSpan.FromSeconds(3), new(Hostile, Hostile) { Command = Hostile, Place = Hostile, Link = "javascript:alert(1)", Correlation = Hostile })], DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(4));

        var page = XDocument.Parse(new HtmlReport(Hostile).With(plan).With(report).With([new ProofResult(Hostile, ProofEnding.Failed, Hostile, [new(Hostile, Hostile)])]).Page());

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "a");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script>", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_comes_from_elsewhere_and_nothing_runs()
    {
        var page = XDocument.Parse(new HtmlReport("prod").With(new Plan([])).Page());

        Assert.Contains(page.Descendants("meta"), meta => meta.Attribute("content")?.Value == "default-src 'none'; style-src 'unsafe-inline'");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");
        Assert.DoesNotContain("url(", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_answer_stands_at_the_top_and_bars_are_as_long_as_the_work()
    {
        var (slow, quick) = (Wished.Create("azure/disk/slow"), Wished.Create("azure/disk/quick"));
        Plan plan = new([new("PrepareVm", "", [slow, quick])]);
        Report report = new(plan, [new(slow, Ending.Made, TimeSpan.FromSeconds(8)), new(quick, Ending.Made, TimeSpan.FromSeconds(2))], DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(9));

        var page = XDocument.Parse(new HtmlReport("prod").With(plan).With(report).Page());

        Assert.StartsWith("As wished: prod has 2 resources", page.Descendants("p").First().Value, StringComparison.Ordinal);
        Assert.Equal(["width:100%", "width:25%"], page.Descendants("i").Select(bar => bar.Attribute("style")!.Value));
    }
}
