namespace DssPipeline.Planes.Tests;

/// <summary>What is left when a connection has ended, of all that this process started: so nothing else is tested meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class SshEndTests : IAsyncLifetime
{
    private SshServer server = null!;

    public async ValueTask InitializeAsync() => server = await SshServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Nothing_is_left_running_and_no_folder_stays()
    {
        var before = SshTests.Folders();
        var children = SshServer.Children(Environment.ProcessId).ToList();
        await using (var bench = new Bench(new SshShell(server.Options)))
        {
            await bench.Echo("one").LookAsync();
        }

        Assert.Empty(SshTests.Folders().Except(before));
        Assert.Empty(SshServer.Children(Environment.ProcessId).Except(children));
    }
}

/// <summary>Tests during which no other test of this project runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
