namespace DssPipeline.Rehearsal.Tests;

/// <summary>The program is killed at any command of the machine. A class for each seed, as classes run beside each other.</summary>
[TakesMinutes]
public abstract class SeededKillTests(int seed)
{
    private const int Kills = 11;

    [Fact]
    public async Task Killed_at_seeded_commands_of_the_machine_it_arrives()
    {
        using var world = new KilledWorld();
        var draw = new Random(seed);

        for (var kills = 0; kills < Kills;)
        {
            if (await world.IsKilledAsync($"crash@command nth={draw.Next(250, 1100)} delay={draw.Next(60)}ms")) kills++;
            else await world.ArriveAsync();
        }

        await world.ArriveAsync();
    }

    public sealed class Seed1() : SeededKillTests(1);

    public sealed class Seed2() : SeededKillTests(2);

    public sealed class Seed3() : SeededKillTests(3);
}
