using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The whole deployment with the real engine of Docker inside the machine.</summary>
public sealed class EngineTests
{
    private const string Exec = "dku-exec-base-";
    private const string Spark = "dku-spark-base-";

    // The machine boots with each sandbox, and its engine comes up a little after its sshd.
    private const string Ready = "until sudo systemctl is-active --quiet docker; do read -rt 0.2 <> <(:) || :; done; ";

    private static readonly Lazy<Task<MachineWorld>> Built = new(() => MachineWorld.MadeAsync("--machine", "linux", "--engine", "real"));

    [Fact]
    public async Task Images_are_really_built_and_the_second_run_keeps_everything()
    {
        using var world = await BuiltAsync();

        var images = await ImagesAsync(world);
        var again = (await world.RunAsync()).Ends(0);
        var engine = await LoginAsync(world, "sudo docker info --format '{{.Driver}} {{.DockerRootDir}}'; sudo docker version --format '{{.Server.Version}}'");

        Assert.Equal([Exec, Spark], images.Keys.Order(StringComparer.Ordinal));
        again.Says("Nothing to do");
        Assert.Empty(RequestLog.Writes(world.Stage.Requests).Where(request => request.Start >= 0 && request.Method == "DELETE"));
        Assert.Equal(images, await ImagesAsync(world));
        Assert.StartsWith("overlay2 /data/docker\n", engine, StringComparison.Ordinal);
        Assert.DoesNotContain("stand-in", engine, StringComparison.Ordinal);
    }
}
