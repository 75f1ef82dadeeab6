using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A whole run as GitHub Actions and Azure Pipelines see it.</summary>
public sealed class HostLanguageTests(FirstRun first)
{
    private const string Password = "correct-horse/battery+staple=\"47\"";

    [Fact]
    public async Task A_deployment_speaks_to_github_from_the_first_mask_to_the_last_output()
    {
        using var stage = new Stage();
        var manifest = stage.Write("deployment.yml", File.ReadAllText(Path.Combine(Host.Home, "examples", "reference.yml")).Replace("${env:DSS_CLIENT_SECRET}", "${file:secret.txt}", StringComparison.Ordinal));
        stage.Write("secret.txt", Password);

        var run = await stage.RunWithAsync(GitHub(stage), "--manifest", manifest, "--report", stage.PathOf("report"));

        run.Ends(0).Says("::group::CreateAdls").Says($"::add-mask::{Password}").Says("+ azure/storageAccount/streference");
        Assert.StartsWith("::add-mask::", run.Lines[0], StringComparison.Ordinal);
        AssertMasked(run.Lines);
        Assert.Equal(run.Lines.Count(line => line.StartsWith("::group::", StringComparison.Ordinal)), run.Lines.Count(line => line == "::endgroup::"));
        Assert.Equal("Looked again: nothing differs.", run.Lines[^1]);
        AssertOutputs(stage, Outputs(stage), "true", "none");
        AssertSummary(File.ReadAllText(stage.PathOf("summary")));
        AssertPage(stage.PathOf("report/report.html"));
    }

    [Fact]
    public async Task A_plan_speaks_to_azure_pipelines()
    {
        using var stage = first.Copy();

        var run = await stage.RunWithAsync(Azure(stage), "--target", "Plan", "--set", "adls[0].softDelete.blobDays=30", "--report", stage.PathOf("report"));

        run.Ends(2).Says("Plan: 1 to update;").Says("##vso[task.setvariable variable=changes;isOutput=true]true").Says("##vso[task.setvariable variable=toUpdate;isOutput=true]1")
            .Says("##vso[task.setvariable variable=failureReason;isOutput=true]differs")
            .Says($"##vso[task.setvariable variable=planPath;isOutput=true]{stage.PathOf("report/plan.md")}");
        var summary = run.Lines.Single(line => line.StartsWith("##vso[task.uploadsummary]", StringComparison.Ordinal))["##vso[task.uploadsummary]".Length..];
        Assert.Contains("/properties/deleteRetentionPolicy/days: 7 → 30", File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_of_somebody_else_gives_no_commands()
    {
        using var stage = new Stage();
        var manifest = stage.Write("deployment.yml", """
            name: demo
            vm:
              "si\n::warning::forged": x
              size: "Standard\r::warning::forged"
            """);

        var run = await stage.RunWithAsync(GitHub(stage), "--manifest", manifest, "--target", "Validate");

        run.Ends(3);
        Assert.Contains("forged", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Errors.Split('\n', '\r'), line => line.TrimStart().StartsWith("::warning::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_manifest_is_shown_at_its_line_and_the_reason_is_usage()
    {
        using var stage = new Stage();
        var manifest = stage.Write("deployment.yml", "name: demo\nvm:\n  sise: x\n");

        var run = await stage.RunWithAsync(GitHub(stage), "--manifest", manifest, "--target", "Validate");

        run.Ends(3);
        Assert.Contains($"::error file={manifest},line=3,col=3,title=Unknown key::vm has no key \"sise\".", run.Errors, StringComparison.Ordinal);
        Assert.Equal(("", "usage"), (Outputs(stage)["changes"], Outputs(stage)["failure-reason"]));
        Assert.Contains("### Unknown key", File.ReadAllText(stage.PathOf("summary")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateAdls", 4, "error", "refused")]
    [InlineData("Plan", 2, "warning", "differs")]
    public async Task What_is_refused_is_shown_where_the_manifest_wishes_it_as_an_error_where_it_ends_the_run(string target, int exit, string level, string reason)
    {
        using var stage = first.Copy();
        var line = Array.FindIndex(File.ReadAllLines(Path.Combine(Host.Home, "examples", "reference.yml")), text => text.Contains("account: streference", StringComparison.Ordinal)) + 1;

        var run = await stage.RunWithAsync(GitHub(stage), "--target", target, "--set", "azure.location=northeurope");

        run.Ends(exit);
        Assert.Contains(run.Lines, text => text.StartsWith($"::{level} file=examples/reference.yml,line={line},", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Lines, text => text.StartsWith("::", StringComparison.Ordinal) && text.Contains("file=", StringComparison.Ordinal) && !text.StartsWith($"::{level} ", StringComparison.Ordinal));
        Assert.Equal(reason, Outputs(stage)["failure-reason"]);
        Assert.NotEqual("0", Outputs(stage)["refused"]);
    }

    [Fact]
    public async Task A_document_on_standard_output_stays_one()
    {
        using var stage = first.Copy();

        var run = await stage.RunWithAsync(GitHub(stage), "--target", "Plan", "--output", "json");

        Assert.Equal("reference", (string)JsonNode.Parse(run.Ends(0).Output)!["deployment"]!);
        AssertOutputs(stage, Outputs(stage), "false", "none", report: false);
    }

    private static Dictionary<string, string> GitHub(Stage stage) => new(StringComparer.Ordinal)
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_OUTPUT"] = stage.PathOf("output"),
        ["GITHUB_STEP_SUMMARY"] = stage.PathOf("summary"),
        ["GITHUB_WORKSPACE"] = Host.Home,
    };

    private static Dictionary<string, string> Azure(Stage stage) => new(StringComparer.Ordinal) { ["TF_BUILD"] = "True", ["AGENT_TEMPDIRECTORY"] = stage.PathOf("") };

    private static Dictionary<string, string> Outputs(Stage stage) => File.ReadAllLines(stage.PathOf("output")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static void AssertOutputs(Stage stage, Dictionary<string, string> outputs, string changes, string reason, bool report = true)
    {
        Assert.Equal((changes, reason), (outputs["changes"], outputs["failure-reason"]));
        Assert.All(["to-create", "to-update", "to-replace", "to-delete", "refused"], name => Assert.True(int.TryParse(outputs[name], NumberStyles.None, CultureInfo.InvariantCulture, out _), name));
        Assert.Matches("^[0-9a-f]{64}$", outputs["digest"]);
        Assert.Equal(report ? ["plan.md", "plan.json", "report.html"] : ["", "", ""], new[] { "plan-path", "json-plan-path", "report-path" }.Select(name => Path.GetFileName(outputs[name])));
        if (report) Assert.All(["plan-path", "json-plan-path", "report-path"], name => Assert.True(File.Exists(outputs[name]), $"{name} in {stage.World}"));
    }

    /// <summary>No form of the secret stands anywhere but behind the command that hides it.</summary>
    private static void AssertMasked(IReadOnlyList<string> lines)
    {
        string[] forms = [Password, Base64(Password), Base64($":{Password}"), Uri.EscapeDataString(Password)];
        Assert.Contains($"::add-mask::{Base64($":{Password}")}", lines);
        Assert.All(lines.Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)), line => Assert.DoesNotContain(forms, form => line.Contains(form, StringComparison.Ordinal)));
    }

    private static void AssertSummary(string summary)
    {
        Assert.StartsWith("## Plan of reference", summary, StringComparison.Ordinal);
        Assert.Contains("```mermaid\nflowchart LR\n", summary, StringComparison.Ordinal);
        Assert.Contains("## Rollout of reference", summary, StringComparison.Ordinal);
        Assert.Contains("### Where the time went", summary, StringComparison.Ordinal);
    }

    private static void AssertPage(string file)
    {
        var page = XDocument.Parse(File.ReadAllText(file));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" || element.Attribute("src") is not null);
        Assert.Contains("azure/storageAccount/streference", page.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("Outcomes and timings", page.Root.Value, StringComparison.Ordinal);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
