namespace DssPipeline.Rehearsal.Tests;

/// <summary>The whole reference deployment with the real engine of Docker inside its machine, deployed once for a class of tests.</summary>
public sealed class EngineWorld : IAsyncLifetime
{
    private readonly MachineWorld world = MachineWorld.Empty();

    public async ValueTask InitializeAsync() => (await world.RunAsync("--engine", "real")).Ends(0);

    public Task<MachineWorld> CopyAsync() => world.CopyAsync();

    public ValueTask DisposeAsync()
    {
        world.Dispose();
        return ValueTask.CompletedTask;
    }
}
