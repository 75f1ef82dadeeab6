namespace DssPipeline.Sandbox.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task The_administrator_logs_in_with_the_real_ssh_and_may_become_root()
    {
        await using var world = await MachineWorld.StartAsync();

        var who = await world.SshAsync("id -un; id -u; sudo -n id -u; sudo -u nobody id -un; hostname");

        Assert.Equal(["azureuser", "1000", "0", "nobody", "dss-host"], who.Split('\n'));
    }
}
