using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The subnets as they are declared.</summary>
public sealed class SubnetTests
{
    [Fact]
    public async Task A_subnet_of_which_only_the_name_is_said_keeps_its_range()
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read("minimal", "network.subnets.dss.name=snet-people");

        var subnet = new Told(manifest, world.ArmFor(manifest)).Resources.Single(resource => resource.Id.Name == "vnet-demo/snet-people");

        Assert.Equal("10.1.0.0/24", Pointer.At(subnet.Desired, "/properties/addressPrefix")?.ToString());
    }
}
