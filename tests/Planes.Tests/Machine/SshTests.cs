using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class SshTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ssh-tests-");
    private SshServer server = null!;

    public async ValueTask InitializeAsync() => server = await SshServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_absent_is_made_seen_and_dropped()
    {
        await using var machine = MachineOf(server.Options);
        var note = new Probe(machine, "note", "one", new() { { "path", PathOf("one") } });

        var before = await note.LookAsync();
        await note.MakeAsync();
        var after = await note.LookAsync();
        await note.MakeAsync(Verb.Delete);
        var last = await note.LookAsync();

        Assert.Null(before);
        Assert.Equal("line", (string?)after!["text"]);
        Assert.Null(last);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private static Machine MachineOf(SshOptions options) =>
        new(new MachineOptions { Host = Probe.Host, Scripts = [typeof(Probe).Assembly] }, new SshShell(options), TimeProvider.System);
}
