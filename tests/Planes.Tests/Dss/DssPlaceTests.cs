using System.Net.Sockets;
using System.Security.Cryptography;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A DSS that is not yet served where and as it is wished is asked where it still is, as the machine tells.</summary>
public sealed class DssPlaceTests
{
    private static readonly string Pin = Certificates.Server.GetCertHashString(HashAlgorithmName.SHA256);

    [Fact]
    public async Task Where_nobody_listens_the_machine_is_asked_once_and_DSS_is_found_where_it_is()
    {
        var asked = 0;
        await using var setup = await DssSetup.StartAsync(options => options with { Address = new("https://localhost:1"), Connect = Only(options.Address), Served = _ => { asked++; return Told(new(options.Address, Pin)); } });
        setup.Remote.Otherwise = _ => new Reply(200, """{"dssVersion":"14.2.0"}""");

        var seen = await setup.Dss.LookAsync(CancellationToken.None);
        await setup.Dss.GetAsync("auth/info", CancellationToken.None);

        Assert.Equal("14.2.0", $"{seen?["dssVersion"]}");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Once_it_was_brought_to_where_it_is_wished_it_is_asked_there()
    {
        var isMoved = false;
        await using var setup = await DssSetup.StartAsync(options => options with
        {
            Connect = (port, cancel) => isMoved == (port == options.Address.Port) ? OpenAsync(options.Address, cancel) : throw new SocketException((int)SocketError.ConnectionRefused),
            Served = _ => Told(new(new("https://localhost:1"), Pin)),
        });
        setup.Remote.Otherwise = _ => new Reply(200, "{}").With("Connection", "close");

        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
        isMoved = true;
        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
        Assert.Equal(2, setup.Remote.Asked.Count);
    }

    [Fact]
    public async Task A_certificate_that_is_still_shown_is_taken_when_the_machine_vouches_for_it()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new() { Pin = new string('0', 64) }, Served = _ => Told(new(options.Address, Pin)) });
        setup.Remote.Otherwise = _ => new Reply(200, "{}");

        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
    }

    [Fact]
    public async Task A_certificate_that_the_machine_does_not_vouch_for_is_refused()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new(), Served = _ => Told(new(options.Address, new string('1', 64))) });

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Equal("Certificate of DSS is not trusted", problem.Summary);
        Assert.Empty(setup.Remote.Asked);
    }

    [Fact]
    public async Task Where_the_machine_knows_of_no_other_place_DSS_is_down()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Connect = (_, _) => throw new SocketException((int)SocketError.ConnectionRefused), Served = _ => Told(null) });

        Assert.Null(await setup.Dss.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_machine_that_cannot_be_asked_leaves_it_at_that()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Connect = (_, _) => throw new SocketException((int)SocketError.ConnectionRefused), Served = _ => throw new ProblemException(new Problem("Machine", "is away")) });

        Assert.Null(await setup.Dss.LookAsync(CancellationToken.None));
    }

    private static Task<DssPlace?> Told(DssPlace? place) => Task.FromResult(place);

    private static Func<int, CancellationToken, ValueTask<Stream>> Only(Uri place) => (port, cancel) => port == place.Port ? OpenAsync(place, cancel) : throw new SocketException((int)SocketError.ConnectionRefused);

    private static async ValueTask<Stream> OpenAsync(Uri place, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(place.Host, place.Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
