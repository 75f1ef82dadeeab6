using System.Text;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What a CI system is told of a run.</summary>
public sealed class CiSystemTests : IDisposable
{
    private readonly StringWriter log = new() { NewLine = "\n" };
    private readonly Redactor redactor = new();

    private string[] Lines => log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Secrets_are_masked_in_every_form_and_as_soon_as_they_are_known()
    {
        redactor.Add(new Secret("p@ss \"w\""));

        GitHub().MaskAll();
        redactor.Add(new Secret("learned-later"));
        redactor.Add(new Secret("first line of a key\nsecond line of a key"));

        string[] forms =
        [
            "p@ss \"w\"", "p%2540ss%2520%2522w%2522", "p@ss \\\"w\\\"", "p@ss \\u0022w\\u0022", "p@ss &quot;w&quot;", Base64("p@ss \"w\""), Base64(":p@ss \"w\""),
            "learned-later", Base64("learned-later"), Base64(":learned-later"),
            "first line of a key", "second line of a key", "first%2520line%2520of%2520a%2520key%250Asecond%2520line%2520of%2520a%2520key",
            "first line of a key\\nsecond line of a key", Base64("first line of a key\nsecond line of a key"), Base64(":first line of a key\nsecond line of a key"),
        ];
        Assert.Equal(forms.Select(form => $"::add-mask::{form}").Order(StringComparer.Ordinal), Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notes_are_few_and_each_is_shown_once()
    {
        var ci = GitHub();

        ci.Annotate(Enumerable.Range(0, 100).Select(number => new Problem("Quota used up", $"{number / 2}")), manifest: null);

        Assert.Equal(10, Lines.Length);
        Assert.Equal(10, Lines.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_resource_is_shown_where_the_manifest_names_it()
    {
        var pointing = new Pointing(Examples.Read("reference"));

        var named = pointing.Of(new Problem("Refused", "azure/storageAccount/streference: its region is fixed."));
        var unnamed = pointing.Of(new Problem("Refused", "machine/mount/data: something else is there."));

        Assert.Equal(LineOf("account: streference"), named!.Line);
        Assert.InRange(unnamed!.Line, LineOf("vm:"), LineOf("vm:") + 1);
        Assert.Null(pointing.Of(new Problem("Refused", "Nothing is named: here.")));
    }

    [Fact]
    public void A_group_that_is_open_is_closed_before_the_next()
    {
        var ci = GitHub();

        ci.Open("one");
        ci.Open("two");
        ci.Close();
        ci.Close();

        Assert.Equal(["::group::one", "::endgroup::", "::group::two", "::endgroup::"], Lines);
    }

    [Fact]
    public void Progress_is_told_when_it_moves()
    {
        var ci = new CiSystem(new AzurePipelines(_ => null), log, redactor);

        foreach (var done in Enumerable.Range(1, 400)) ci.Progress(done, 400);

        Assert.Equal(101, Lines.Length);
        Assert.Equal("##vso[task.setprogress value=100;]400 of 400 resources", Lines[^1]);
    }

    [Theory]
    [InlineData(FailureReason.None, "none")]
    [InlineData(FailureReason.Failed, "failed")]
    [InlineData(FailureReason.Differs, "differs")]
    [InlineData(FailureReason.Usage, "usage")]
    [InlineData(FailureReason.Refused, "refused")]
    [InlineData(FailureReason.NotApproved, "not-approved")]
    [InlineData(FailureReason.Locked, "locked")]
    [InlineData(FailureReason.Cancelled, "cancelled")]
    public void The_reasons_are_a_closed_list(FailureReason reason, string word)
    {
        Assert.Equal(word, reason.Word());
        Assert.Equal(8, Enum.GetValues<FailureReason>().Length);
    }

    [Fact]
    public void Every_exit_code_has_a_reason() => Assert.Equal(
        [FailureReason.None, FailureReason.Failed, FailureReason.Differs, FailureReason.Usage, FailureReason.Refused, FailureReason.Locked, FailureReason.Cancelled],
        Enum.GetValues<ExitCode>().Select(FailureReasons.Of));

    [Fact]
    public void What_a_run_without_a_plan_cannot_know_is_empty()
    {
        var outputs = Outputs.Of(plan: null, FailureReason.Usage, new RunOptions()).ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal);

        Assert.Equal(["changes", "to-create", "to-update", "to-replace", "to-delete", "refused", "digest", "plan-path", "json-plan-path", "report-path", "failure-reason"], outputs.Keys);
        Assert.All(outputs.Where(output => output.Key != "failure-reason"), output => Assert.Equal("", output.Value));
        Assert.Equal("usage", outputs["failure-reason"]);
    }

    public void Dispose() => log.Dispose();

    private CiSystem GitHub() => new(new GitHubActions(_ => null), log, redactor);

    private static int LineOf(string text) => Array.FindIndex(File.ReadAllLines(Path.Join(Snapshot.Root, "examples", "reference.yml")), line => line.Contains(text, StringComparison.Ordinal)) + 1;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
