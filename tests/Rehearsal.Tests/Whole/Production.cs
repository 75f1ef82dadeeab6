namespace DssPipeline.Rehearsal.Tests;

/// <summary>examples/production.yml, deployed once: private, with a cluster that Azure made and one that DSS made.</summary>
internal static class Production
{
    private static readonly Lazy<Task<(HostRun, MachineWorld)>> Made = new(MakeAsync);

    public static string[] Wish { get; } = ["--manifest", "examples/production.yml"];

    /// <summary>The run that made it, and a copy of the world as it was after that.</summary>
    public static async Task<(HostRun Run, MachineWorld World)> DeployedAsync()
    {
        var (run, world) = await Made.Value;
        return (run, await world.CopyAsync());
    }

    private static async Task<(HostRun, MachineWorld)> MakeAsync()
    {
        var world = MachineWorld.Empty();
        return ((await world.RunAsync(Wish)).Ends(0), world);
    }
}
