using DssPipeline.Rehearsal.Tests;

[assembly: AssemblyFixture(typeof(FirstRun))]

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The reference deployment, deployed once by the program into an empty world; tests that bend it take a copy.</summary>
public sealed class FirstRun : IAsyncLifetime
{
    private readonly Stage stage = new();

    /// <summary>What the program said.</summary>
    public HostRun Run { get; private set; } = new(-1, "", "");

    /// <summary>What asked Azure for a change.</summary>
    public IReadOnlyList<string> Writes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Run = await stage.RunAsync();
        Writes = stage.Writes;
    }

    /// <summary>A copy of the deployed world.</summary>
    public Stage Copy() => stage.Copy();

    public ValueTask DisposeAsync()
    {
        stage.Dispose();
        return ValueTask.CompletedTask;
    }
}
