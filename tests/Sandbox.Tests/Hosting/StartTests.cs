using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Two_sandboxes_stand_side_by_side_and_share_nothing()
    {
        await using var one = await SandboxClient.StartAsync();
        await using var other = await SandboxClient.StartAsync();

        using var foreign = await other.SendAsync(HttpMethod.Get, other.Group("rg"), await one.TokenAsync(SandboxClient.Arm));

        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        Assert.NotEqual(one.Endpoints.Arm, other.Endpoints.Arm);
    }

    [Fact]
    public async Task One_folder_is_open_in_one_sandbox_at_a_time()
    {
        using var folder = new TemporaryFolder();
        await using var first = await SandboxClient.StartInAsync(folder.Path);

        var problem = await Assert.ThrowsAsync<SandboxException>(() => SandboxClient.StartInAsync(folder.Path));

        Assert.Equal($"The state folder {folder.Path} is open in another sandbox. Stop that one, or choose another folder.", problem.Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_the_folder_is_free_again()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var problem = await Assert.ThrowsAsync<SandboxException>(
            () => SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder.Path, Ports = new SandboxPorts { Arm = port } }, CancellationToken.None));
        await using var free = await SandboxClient.StartInAsync(folder.Path);

        Assert.Contains($":{port}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("ca.key.pem")]
    [InlineData("tokens.key.pem")]
    public async Task A_damaged_world_is_told_and_left_alone(string file)
    {
        using var folder = new TemporaryFolder();
        await using (await SandboxClient.StartInAsync(folder.Path))
        {
            // Only to have a world.
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Path, file), "damaged");
        var problem = await Assert.ThrowsAsync<SandboxException>(() => SandboxClient.StartInAsync(folder.Path));

        Assert.StartsWith($"The world in {folder.Path} cannot be read: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal("damaged", await File.ReadAllTextAsync(Path.Combine(folder.Path, file)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var problem = await Assert.ThrowsAsync<SandboxException>(() => SandboxClient.StartInAsync(Path.Combine(file, "world")));

        Assert.StartsWith("The state folder cannot be made: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        string token;
        await using (var before = await SandboxClient.StartInAsync(folder.Path)) token = await before.TokenAsync(SandboxClient.Arm);

        await using var after = await SandboxClient.StartInAsync(folder.Path);
        using var answer = await after.SendAsync(HttpMethod.Get, after.Group("rg"), token);

        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
