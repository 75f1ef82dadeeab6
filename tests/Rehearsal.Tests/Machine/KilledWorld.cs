using System.Globalization;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A machine whose runs are killed with signal 9, and that loses its power with them, until a run arrives; then nothing may be there twice, half, or left over.</summary>
internal sealed class KilledWorld : IDisposable
{
    private const int Killed = 128 + 9;

    private readonly List<string> story = [];
    private MachineWorld? world;

    /// <summary>Runs the program with one fault.</summary>
    /// <returns>False when the run ended before its fault came.</returns>
    public async Task<bool> IsKilledAsync(string point)
    {
        world ??= await MachineWorld.BareAsync();
        var run = await world.RunAsync("--faults", point);
        story.Add(string.Create(CultureInfo.InvariantCulture, $"--faults \"{point}\" ended with {run.ExitCode}"));
        Assert.True(run.ExitCode is 0 or Killed, $"{string.Join('\n', story)}\n{run.Said}");
        world.OutliveLock();
        return run.ExitCode == Killed;
    }

    /// <summary>The last run of a world, which nobody cuts. The next run begins with a bare machine.</summary>
    public async Task ArriveAsync()
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

    public override string ToString() => string.Join('\n', story);

    public void Dispose() => world?.Dispose();
}
