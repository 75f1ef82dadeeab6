using System.Collections.Concurrent;

namespace DssPipeline.Convergence.Tests;

/// <summary>Random deployments in which calls fail, hang behind others and are cut, from fixed seeds.</summary>
public sealed class RolloutChaosTests
{
    private const int Things = 25;

    private const int Deadlock = 30_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory(Timeout = Deadlock)]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_goes_wrong_the_run_ends_and_the_next_one_converges(int seed)
    {
        var (world, written) = (new World(), new ConcurrentBag<string>());
        var run = Deployment(world, seed);
        Disturb(world, written, run, new Random(seed));
        await EndAsync(run);
        world.Meddle = async (_, _) => await Task.Yield();
        world.Afterwards = change => Wrote(written, change);

        var report = await Deployment(world, seed).RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(Things, world.Names.Count);
        Assert.All(written.CountBy(name => name), count => Assert.Equal(1, count.Value));
        Assert.True((await Deployment(world, seed).PlanAsync()).IsEmpty);
    }

    [Theory(Timeout = Deadlock)]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_is_made_before_what_it_stands_on(int seed)
    {
        var (world, early) = (new World(), new ConcurrentBag<string>());
        var run = Deployment(world, seed);
        world.Meddle = async (_, call) =>
        {
            await Task.Yield();
            if (!call.StartsWith("make ", StringComparison.Ordinal)) return;
            var below = run.Graph.StandsOn(run.Graph.Find(Thing.IdOf(call["make ".Length..]))!);
            foreach (var missing in below.Where(resource => !world.Names.Contains(resource.Id.Name))) early.Add($"{call} before {missing}");
        };

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.Empty(early);
    }

    private static async Task EndAsync(Rolling run)
    {
        try
        {
            var report = await run.RunAsync();
            Assert.Equal(Things, report.Outcomes.Count);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ProblemException)
        {
            // It was disturbed while it planned, and said so.
        }
    }

    private static void Disturb(World world, ConcurrentBag<string> written, Rolling run, Random random)
    {
        var (cutAt, odds, gate) = (random.Next(4 * Things), random.Next(4, 60), new Lock());
        world.Meddle = async (number, call) =>
        {
            if (number == cutAt) await run.Cut.CancelAsync();
            await Task.Yield();
            if (number > Things && Rolls()) throw new IOException($"{call} was dropped before it was done.");
        };
        world.Afterwards = async change =>
        {
            await Wrote(written, change);
            if (Rolls()) throw new IOException($"The answer to making {change.Id} was dropped.");
        };

        bool Rolls()
        {
            lock (gate) return random.Next(odds) == 0;
        }
    }

    private static Task Wrote(ConcurrentBag<string> written, Change change)
    {
        written.Add(change.Id.Name);
        return Task.CompletedTask;
    }

    private static Rolling Deployment(World world, int seed)
    {
        var random = new Random(seed);
        var things = Enumerable.Range(0, Things).Select(number => Random(world, number, random)).ToArray();
        random.Shuffle(things);
        return new(things) { Options = new() { Width = random.Next(1, 5), LookWidth = random.Next(1, 5) } };
    }

    private static Thing Random(World world, int number, Random random) => new(world, $"{number}", random.Next(2) == 0 || number == 0 ? new { number } : new { number, from = Thing.PrincipalOf($"{random.Next(number)}") })
    {
        Host = number > 0 && random.Next(2) == 0 ? $"{random.Next(number)}" : null,
        Others = number > 0 && random.Next(4) == 0 ? [$"{random.Next(number)}"] : [],
        OneAtATime = random.Next(3) == 0 ? $"lane {random.Next(2)}" : null,
        Alongside = random.Next(2) == 0,
    };
}
