using System.Net.Sockets;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Which way the manifest names to the API of DSS.</summary>
public sealed class DssAccessTests : IAsyncLifetime
{
    private const string Proxy = "dss.https={ mode: proxy, hostName: dss.example.com, certificate: \"${env:C}\", key: \"${env:K}\" }";
    private const string Native = "dss.https={ mode: native, hostName: dss.example.com, certificate: \"${env:C}\", key: \"${env:K}\" }";
    private const string Nameless = "dss.https={ mode: native, certificate: \"${env:C}\", key: \"${env:K}\" }";

    private ArmWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ArmWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("http://localhost:11000/", true)]
    [InlineData("http://localhost:12000/", true, "dss.port=12000")]
    [InlineData("http://localhost:11000/", true, Proxy)]
    [InlineData("https://localhost:11000/", true, Native)]
    [InlineData("https://dss.example.com/", false, Proxy, "dss.api.access=direct")]
    [InlineData("https://dss.example.com/", false, Proxy, "vm.access=runCommand")]
    [InlineData("https://dss.example.com:11000/", false, Native, "vm.access=runCommand")]
    [InlineData("https://vm-demo:11000/", true, Nameless, "vm.access=runCommand")]
    [InlineData("http://localhost:11000/", true, "vm.access=runCommand", "dss.api.access=ssh")]
    [InlineData("https://portal.example.com/dss", false, "dss.api.access=direct", "dss.api.url=https://portal.example.com/dss")]
    [InlineData("https://inner.example.com:8443/", true, "dss.api.url=https://inner.example.com:8443/")]
    public async Task The_manifest_says_where_DSS_is_and_whether_it_has_a_way_of_its_own(string address, bool hasWay, params string[] sets)
    {
        var options = Of(sets).Options();

        Assert.Equal((address, hasWay), ($"{options.Address}", options.Connect is not null));
        if (options.Way is { } way) await way.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_of_its_own_is_closed_with_the_plane_and_a_shared_one_is_not()
    {
        await using var shared = new SshShell(new() { User = "u", Address = _ => Task.FromResult<SshAddress?>(null) });

        Assert.NotNull(Of(["vm.access=runCommand", "dss.api.access=ssh"]).Options().Way);
        Assert.Null(Of([], shared).Options().Way);
    }

    [Theory]
    [InlineData()]
    [InlineData(Nameless, "vm.access=runCommand")]
    public async Task On_a_machine_that_is_not_there_nobody_listens(params string[] sets)
    {
        var connect = Of(sets).Options().Connect!;

        var failure = await Assert.ThrowsAsync<SocketException>(() => connect(11000, CancellationToken.None).AsTask());

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nothing is set up inside a DSS of the kind govern", "dss.nodeType=govern")]
    public void What_has_no_such_settings_is_not_asked(string? missing, params string[] sets) => Assert.Equal(missing, Of(sets).Options().Missing);

    [Fact]
    public void Without_a_licence_the_API_is_closed()
    {
        var manifest = Examples.Read("minimal");

        Assert.Contains("dss.license", Of(manifest with { Dss = manifest.Dss with { License = null } }).Options().Missing, StringComparison.Ordinal);
    }

    private DssAccess Of(string[] sets, SshShell? shared = null) => Of(Examples.Read("minimal", sets), shared);

    private DssAccess Of(Manifest manifest, SshShell? shared = null) => new(manifest, new MachineAccess(world.ArmFor(manifest), DssStage.Vault, manifest), Machine.Nowhere(manifest.Names.Machine, "not here"), DssStage.Vault) { Shared = shared };
}
