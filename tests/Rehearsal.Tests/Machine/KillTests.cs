using System.Globalization;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The program is killed with signal 9, and the machine loses its power with it, at any command: the next run converges, and nothing is there twice, half, or left over.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 11;
    private const int Killed = 128 + 9;

    private readonly List<string> story = [];
    private MachineWorld? world;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_at_seeded_commands_of_the_machine_it_arrives(int seed)
    {
        var draw = new Random(seed);

        for (var kills = 0; kills < Kills;)
        {
            if (await IsKilledAsync($"crash@command nth={draw.Next(250, 1100)} delay={draw.Next(60)}ms")) kills++;
            else await ArriveAsync();
        }

        await ArriveAsync();
    }

    [Fact]
    public async Task Killed_in_the_middle_of_what_must_not_be_done_twice_it_arrives()
    {
        string[] moments =
        [
            "*/mkfs.xfs delay=2ms", "*/mount", "*/useradd delay=1ms", "*/dnf delay=200ms", "*/runuser delay=10ms", "*/runuser delay=60ms", "*/openssl", "*/docker delay=80ms",
        ];

        foreach (var moment in moments) Assert.True(await IsKilledAsync($"crash@command {moment}"), string.Join('\n', story));

        await ArriveAsync();
    }

    [Fact]
    public async Task When_only_the_connections_break_the_same_run_arrives_and_every_job_was_done_once()
    {
        world = await MachineWorld.BareAsync();

        var run = await world.RunAsync("--faults", "cut-ssh@command */mkfs.xfs nth=1; cut-ssh@command */dnf nth=6; cut-ssh@command */runuser nth=3; cut-ssh@command */openssl nth=1");

        run.Ends(0);
        await ArriveAsync();
    }

    public void Dispose() => world?.Dispose();

    private async Task<bool> IsKilledAsync(string point)
    {
        world ??= await MachineWorld.BareAsync();
        var run = await world.RunAsync("--faults", point);
        story.Add(string.Create(CultureInfo.InvariantCulture, $"--faults \"{point}\" ended with {run.ExitCode}"));
        Assert.True(run.ExitCode is 0 or Killed, $"{string.Join('\n', story)}\n{run.Said}");
        world.OutliveLock();
        return run.ExitCode == Killed;
    }

    /// <summary>The last run of a world, which nobody cuts.</summary>
    private async Task ArriveAsync()
    {
        if (world is null) return;

        var run = await world.RunAsync();
        var plan = await world.RunAsync("--target", "Plan");
        Assert.True(run.ExitCode == 0 && plan.ExitCode == 0, $"{string.Join('\n', story)}\n{run.Said}\n{plan.Said}");
        var flaws = await MachineFlaws.OfAsync(world);
        Assert.True(flaws.Length == 0, $"{string.Join('\n', story)}\n{flaws}");
        story.Add("arrived");
        world.Dispose();
        world = null;
    }
}
