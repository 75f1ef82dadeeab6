using DssPipeline.Chapters;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What was approved is made, and nothing else: when the world moves from A to B, the run tells what moved and touches nothing.</summary>
public sealed class ApprovalTests(FirstRun first)
{
    private static readonly string[] Wish = ["--set", "adls[0].softDelete.blobDays=30"];

    [Fact]
    public async Task When_the_world_has_moved_the_difference_is_told_and_nothing_is_touched()
    {
        using var stage = first.Copy();
        (await stage.RunAsync(["--target", "Plan", "--plan-file", stage.PathOf("approved.json"), .. Wish])).Ends(2);
        await stage.BendAsync(somebody => somebody.PatchAsync(Stage.Reference.Names.Registry.Path, "2025-11-01", new { sku = new { name = "Basic" } }));
        var before = stage.Requests.Count;

        var run = await stage.RunWithAsync(GitHub(stage), ["--approve-plan", stage.PathOf("approved.json"), .. Wish]);

        run.Ends(4)
            .Says("The world has moved since the plan of reference was approved.")
            .Says("  new:     ~ azure/registry/crreference")
            .Says("::error title=Plan is not the approved one::");
        Assert.Empty(Touched(stage, before));
        Assert.Contains("failure-reason=not-approved", File.ReadAllLines(stage.PathOf("output")));
        Assert.Contains("### Not the plan that was approved", File.ReadAllText(stage.PathOf("summary")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_gone_and_what_is_another_change_now_is_told()
    {
        using var stage = first.Copy();
        (await stage.RunAsync(["--target", "Plan", "--plan-file", stage.PathOf("approved.json"), "--set", "registry.sku=Basic", .. Wish])).Ends(2);
        var before = stage.Requests.Count;

        var run = await stage.RunAsync("--approve-plan", stage.PathOf("approved.json"), "--set", "adls[0].softDelete.blobDays=14");

        run.Ends(4)
            .Says("  gone:    ~ azure/registry/crreference")
            .Says("  differs: ~ azure/blobService/streference/default")
            .Says("           /properties/deleteRetentionPolicy/days: approved 7 → 30, now 7 → 14");
        Assert.Empty(Touched(stage, before));
    }

    [Fact]
    public async Task The_approved_plan_is_made_and_afterwards_there_is_nothing_left_of_it()
    {
        using var stage = first.Copy();
        (await stage.RunAsync(["--target", "Plan", "--report", stage.PathOf("report"), .. Wish])).Ends(2);

        var made = await stage.RunAsync(["--approve-plan", stage.PathOf("report/plan.json"), .. Wish]);
        var again = await stage.RunAsync(["--approve-plan", stage.PathOf("report/plan.json"), .. Wish]);

        made.Ends(0).Says("~ azure/blobService/streference/default  changed in ");
        again.Ends(0).Says("Nothing to do");
    }

    [Fact]
    public async Task Without_the_file_the_digests_are_told()
    {
        using var stage = first.Copy();
        var before = stage.Requests.Count;

        var run = await stage.RunAsync(["--approve", "0123456789abcdef", .. Wish]);

        run.Ends(4).Says("Approved was 0123456789abcdef; the plan is now ").Says("--approve-plan");
        Assert.Empty(Touched(stage, before));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"formatVersion":1,"digest":"abc","tasks":[]}""")]
    [InlineData(null)]
    public async Task A_file_that_is_no_plan_is_told_before_anybody_is_asked(string? text)
    {
        using var stage = new Stage();
        if (text is not null) stage.Write("approved.json", text);

        var run = await stage.RunAsync("--approve-plan", stage.PathOf("approved.json"));

        run.Ends(3).Complains("Error: Approved plan cannot be used");
        Assert.False(Directory.Exists(stage.World));
    }

    [Fact]
    public async Task A_digest_that_is_not_the_files_is_told()
    {
        using var stage = first.Copy();
        (await stage.RunAsync(["--target", "Plan", "--plan-file", stage.PathOf("approved.json"), .. Wish])).Ends(2);

        var run = await stage.RunAsync("--approve-plan", stage.PathOf("approved.json"), "--approve", "0123456789ab");

        run.Ends(3).Complains("Error: Approved plan cannot be used").Complains("--approve says 0123456789ab");
    }

    /// <summary>Everything that could have changed something. A sign-in changes nothing, and the stand-ins of a rehearsal lie in a vault that no other run has.</summary>
    private static IEnumerable<string> Touched(Stage stage, int before) => stage.Requests.Skip(before)
        .Where(request => request.Method is "PUT" or "PATCH" or "DELETE" or "POST" && request.Endpoint is not Endpoint.Entra && !request.Path.StartsWith($"/{StandIns.VaultName}/", StringComparison.Ordinal))
        .Select(request => $"{request.Method} {request.Path}");

    private static Dictionary<string, string> GitHub(Stage stage) => new(StringComparer.Ordinal)
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_OUTPUT"] = stage.PathOf("output"),
        ["GITHUB_STEP_SUMMARY"] = stage.PathOf("summary"),
    };
}
