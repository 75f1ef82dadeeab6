using System.Net.Sockets;
using System.Security.Cryptography;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class DssWayTests
{
    [Theory]
    [InlineData("http://dss.example.com:11000")]
    [InlineData("http://example.com:80")]
    public async Task The_key_never_travels_in_clear_text(string address)
    {
        var connected = 0;
        await using var setup = await DssSetup.StartAsync(options => options with { Address = new(address), Connect = (_, _) => { connected++; throw new IOException("no"); } });

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Equal("Key would travel in clear text", problem.Summary);
        Assert.Equal(0, connected);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_at_once()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new() });

        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Equal("Certificate of DSS is not trusted", problem.Summary);
        Assert.Empty(setup.Remote.Asked);
        Assert.Empty(setup.Clock.Waits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pinned_certificate_is_trusted_whoever_signed_it(bool isRight)
    {
        var pin = isRight ? Certificates.Server.GetCertHashString(HashAlgorithmName.SHA256) : new string('0', 64);
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new() { Pin = string.Join(':', pin.ToLowerInvariant().Chunk(2).Select(pair => new string(pair))) } });
        setup.Remote.Otherwise = _ => new Reply(200, "{}");

        if (isRight) Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
        else Assert.Equal("Certificate of DSS is not trusted", (await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task A_wrong_pin_is_not_healed_by_an_authority()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new() { CaFile = Certificates.CaFile, Pin = new string('0', 64) } });

        Assert.Equal("Certificate of DSS is not trusted", (await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None))).Summary);
    }

    [Fact]
    public async Task The_certificate_that_DSS_was_given_is_trusted()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Trust = new() { Given = _ => Task.FromResult<Secret?>(new(Certificates.Server.ExportCertificatePem())) } });
        setup.Remote.Otherwise = _ => new Reply(200, "{}");

        Assert.NotNull(await setup.Dss.GetAsync("auth/info", CancellationToken.None));
    }

    [Fact]
    public async Task A_DSS_that_is_down_is_absent_for_a_look_and_a_problem_for_a_change()
    {
        await using var setup = await DssSetup.StartAsync(options => options with { Connect = (_, _) => throw new SocketException((int)SocketError.ConnectionRefused) });

        var seen = await setup.Dss.LookAsync(CancellationToken.None);
        var problem = await DssSetup.ProblemOf(() => setup.Dss.GetAsync("auth/info", CancellationToken.None));

        Assert.Null(seen);
        Assert.Equal("DSS does not listen", problem.Summary);
    }

    [Fact]
    public async Task A_DSS_that_is_starting_is_absent_for_a_look()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.Otherwise = _ => DssSetup.Page(502, "502 Bad Gateway");

        Assert.Null(await setup.Dss.LookAsync(CancellationToken.None));
        Assert.Single(setup.Remote.Asked);
    }

    [Theory]
    [InlineData("14.2.0", false)]
    [InlineData("11.0.0", false)]
    [InlineData("15.0.1", true)]
    public async Task The_version_decides_where_images_are_described(string version, bool split)
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", $"{DssSetup.Api}instance-info", new Reply(200, Json.Of(new { dssVersion = version }).ToJsonString()));

        Assert.Equal(split, (await setup.Dss.VersionAsync(CancellationToken.None)).SplitsBuilds);
        Assert.Equal(version, $"{await setup.Dss.VersionAsync(CancellationToken.None)}");
        Assert.Single(setup.Remote.Asked);
    }

    [Theory]
    [InlineData("10.0.7", "Version of DSS is too old")]
    [InlineData("16.1.0", "Version of DSS is not known")]
    public async Task A_version_that_is_not_known_is_refused_unless_it_is_said_to_be_tried(string version, string summary)
    {
        await using var setup = await DssSetup.StartAsync();
        await using var daring = await DssSetup.StartAsync(options => options with { AnyVersion = true });
        foreach (var one in new[] { setup, daring }) one.Remote.On("GET", $"{DssSetup.Api}instance-info", new Reply(200, Json.Of(new { dssVersion = version }).ToJsonString()));

        Assert.Equal(summary, (await DssSetup.ProblemOf(() => setup.Dss.VersionAsync(CancellationToken.None))).Summary);
        Assert.Equal(version, $"{await daring.Dss.VersionAsync(CancellationToken.None)}");
    }

    [Fact]
    public async Task An_upgrade_in_the_same_run_is_noticed_by_any_answer()
    {
        await using var setup = await DssSetup.StartAsync();
        setup.Remote.On("GET", $"{DssSetup.Api}instance-info", new Reply(200, """{"dssVersion": "14.2.0"}"""));
        setup.Remote.On("GET", $"{DssSetup.Api}auth/info", new Reply(200, "{}").With("DSS-Version", "15.0.0"));

        var before = await setup.Dss.VersionAsync(CancellationToken.None);
        await setup.Dss.GetAsync("auth/info", CancellationToken.None);

        Assert.Equal((14, 15), (before.Major, (await setup.Dss.VersionAsync(CancellationToken.None)).Major));
    }
}
