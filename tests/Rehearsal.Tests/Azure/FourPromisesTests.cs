using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What every resource of Azure promises, for every resource of every example: absent it is made, made it is left alone, bent it is repaired, cut short it is finished.</summary>
public sealed class FourPromisesTests(Deployed deployed) : IClassFixture<Deployed>
{
    public static TheoryData<string, string> Bendable
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var example in Examples.All) foreach (var id in IdsOf(example.Data)) data.Add(example.Data, id);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task Absent_is_made_and_made_is_left_alone(string example)
    {
        await using var rehearsed = await Rehearsed.OpenAsync(example);

        var made = await rehearsed.DeployAsync();
        var writes = rehearsed.Writes.ToList();
        var plan = await rehearsed.PlanAsync();
        var again = await rehearsed.DeployAsync();

        Assert.True(made.IsGood, Rehearsed.Failures(made));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.All(again.Outcomes, outcome => Assert.Equal(Ending.Kept, outcome.Ending));
        Assert.Equal(writes, rehearsed.Writes);
    }

    [Theory]
    [MemberData(nameof(Bendable))]
    public async Task Bent_from_outside_is_seen_and_repaired(string example, string id)
    {
        var rehearsed = await deployed.OfAsync(example);
        var resource = rehearsed.Resources.Single(resource => resource.Id.ToString() == id);

        await Bend.Async(rehearsed.Somebody, resource);
        var seen = await rehearsed.PlanAsync();
        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        Assert.True(seen.Changes.Any(change => change.Id == resource.Id && change.Verb is not Verb.Keep), Rehearsed.Text(seen));
        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task Cut_short_at_every_resource_it_is_finished_by_the_next_run(string example)
    {
        await using var rehearsed = await Rehearsed.OpenAsync(example);
        var cut = new HashSet<ResourceId>();
        Report report;

        do
        {
            using var cancel = new CancellationTokenSource();
            report = await rehearsed.DeployAsync(happening => CutAt(happening, cut, cancel), cancel.Token);
        }
        while (report.Count(Ending.Cancelled) > 0);
        var plan = await rehearsed.PlanAsync();

        Assert.True(report.IsGood, Rehearsed.Failures(report));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.True(cut.Count > 10, $"Only {cut.Count} runs were cut.");
    }

    /// <summary>Ends the run when a resource begins to be made at which no run was ended before.</summary>
    private static void CutAt(Happening happening, HashSet<ResourceId> cut, CancellationTokenSource cancel)
    {
        lock (cut)
        {
            if (!cancel.IsCancellationRequested && happening is ChangeStarted started && cut.Add(started.Change.Id)) cancel.Cancel();
        }
    }

    private static IEnumerable<string> IdsOf(string example)
    {
        var manifest = Examples.Read(example);
        var options = new ArmOptions { Deployment = manifest.Name };
        var nobody = new Arm(options, Credentials.For(new SignIn { Kind = SignInKind.ManagedIdentity }, options.Endpoints, options.Redactor, TimeProvider.System), TimeProvider.System);
        return Contents.With(nobody, TimeProvider.System).All.SelectMany(task => task.Declare(manifest)).Where(Bend.Has).Select(resource => resource.Id.ToString());
    }
}
