using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes.Tests;

public sealed class DssThroughSshTests : IAsyncLifetime
{
    private SshServer server = null!;

    public async ValueTask InitializeAsync() => server = await SshServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Requests_travel_over_the_one_connection_that_the_machine_is_asked_by()
    {
        // The bench closes it.
        var shell = new SshShell(server.Options);
        await using var bench = new Bench(shell);
        await using var setup = await Over(shell);
        setup.Remote.Otherwise = _ => new Reply(200, """{"a": 1}""");

        await bench.Echo("one").LookAsync();
        var found = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => setup.Dss.GetAsync("auth/info", CancellationToken.None)));
        await bench.Echo("two").LookAsync();

        Assert.All(found, one => Assert.Equal(1, (int?)one!["a"]));
        Assert.Single(server.Sessions);
    }

    [Fact]
    public async Task Large_bodies_pass_both_ways()
    {
        await using var shell = new SshShell(server.Options);
        await using var setup = await Over(shell);
        var text = new string('x', 3_000_000);
        setup.Remote.Otherwise = asked => new Reply(200, asked.Body);

        var back = await setup.Dss.PutAsync("admin/general-settings", new JsonObject { ["a"] = text }, CancellationToken.None);

        Assert.Equal(text, (string?)back!["a"]);
    }

    [Fact]
    public async Task A_port_that_nobody_serves_on_the_machine_is_a_DSS_that_is_down()
    {
        await using var shell = new SshShell(server.Options);
        await using var setup = await DssSetup.StartAsync(options => options with { Address = new("http://localhost:1"), Connect = async (_, cancel) => await shell.OpenAsync("127.0.0.1", FreePort(), cancel) });

        Assert.Null(await setup.Dss.LookAsync(CancellationToken.None));
        Assert.Equal("DSS does not listen", (await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again()
    {
        await using var shell = new SshShell(server.Options);
        await using var setup = await Over(shell);
        setup.Remote.Otherwise = _ => new Reply(200, "{}");
        await setup.Dss.GetAsync("auth/info", CancellationToken.None);

        foreach (var session in server.Sessions) SshServer.End(session);

        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
    }

    [Fact]
    public async Task A_machine_that_does_not_let_us_in_is_told_in_its_own_words()
    {
        await using var other = await SshServer.StartAsync();
        await using var shell = new SshShell(server.Options with { PrivateKey = _ => Task.FromResult(other.PrivateKey) });
        await using var setup = await Over(shell);

        Assert.Equal("Machine does not know the key", (await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task Nothing_stays_when_it_is_closed()
    {
        var shell = new SshShell(server.Options);
        var setup = await Over(shell);
        setup.Remote.Otherwise = _ => new Reply(200, "{}");
        await setup.Dss.GetAsync("auth/info", CancellationToken.None);
        var during = Channels();

        await setup.DisposeAsync();
        await shell.DisposeAsync();

        Assert.NotEqual(0, during);
        while (Channels() > 0) await Task.Yield();
    }

    private int Channels() => Directory.GetDirectories("/proc").Select(Path.GetFileName).Count(process => int.TryParse(process, out var id)
        && CommandOf(id) is var line && line.Contains("\0-W\0", StringComparison.Ordinal) && line.Contains($"\0{server.Port}\0", StringComparison.Ordinal));

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<DssSetup> Over(SshShell shell)
    {
        DssSetup? setup = null;
        setup = await DssSetup.StartAsync(options => options with { Connect = async (_, cancel) => await shell.OpenAsync("127.0.0.1", setup!.Remote.Uri.Port, cancel) });
        return setup;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
