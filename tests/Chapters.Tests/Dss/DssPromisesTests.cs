using DssPipeline.Convergence;
using DssPipeline.Planes.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>Each kind of DSS object against the DSS of the sandbox: made, kept, repaired, finished after a cut.</summary>
public sealed class DssPromisesTests
{
    private static readonly string[] Habits = ["", "redact-secrets,404-for-missing", "empty-secrets,polled-futures", "absent-secrets,500-for-missing,inline-futures"];

    public static TheoryData<string> Names => [.. DssKinds.All.Keys];

    public static TheoryData<string, string> Habitual => [.. from name in DssKinds.All.Keys from habits in Habits select (name, habits)];

    [Theory, MemberData(nameof(Habitual))]
    public async Task It_is_made_kept_and_repaired(string name, string habits)
    {
        var kind = DssKinds.All[name];
        var manifest = kind.Manifest;
        await using var stage = await DssStage.StartAsync(habits);

        var absent = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        var failures = await stage.MakeAsync(kind.Wish(stage.Client(), manifest));
        var second = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        await kind.BendAsync(stage);
        var bent = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        var repairFailures = await stage.MakeAsync(kind.Wish(stage.Client(), manifest));
        var last = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));

        Assert.False(absent.IsEmpty);
        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.True(second.IsEmpty, Paths(second));
        Assert.Equal(kind.Bent, Paths(bent));
        Assert.True(last.IsEmpty, Paths(last));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Killed_at_a_request_the_next_run_converges(string name)
    {
        var kind = DssKinds.All[name];
        var manifest = kind.Manifest;
        for (var requests = 1; ; requests++)
        {
            await using var stage = await DssStage.StartAsync();
            stage.Clock = new SkippingClock();

            var killed = await stage.MakeAsync(kind.Wish(stage.Client(requests), manifest));
            var next = await stage.MakeAsync(kind.Wish(stage.Client(), manifest));
            var last = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));

            Assert.True(next is "", $"after request {requests}: {next}");
            Assert.True(last.IsEmpty, $"after request {requests}: {Paths(last)}");
            if (killed is "") return;
        }
    }

    internal static string Paths(Plan plan) =>
        string.Join(' ', plan.Changes.Where(change => change.Verb is not Verb.Keep).SelectMany(change => change.Differences.DefaultIfEmpty(new("", null, null)).Select(difference => $"{change.Id}{difference.Path}")));
}
