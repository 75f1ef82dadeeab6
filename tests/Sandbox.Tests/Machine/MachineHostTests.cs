namespace DssPipeline.Sandbox.Tests;

public sealed class MachineHostTests
{
    [Fact]
    public void This_host_can_hold_machines()
    {
        using var folder = new TemporaryFolder();

        Assert.Null(MachineHost.Problem(folder.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Without_root_it_is_said_what_still_works_and_what_to_do()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(
            "The sandbox's machine needs root for its namespaces, mounts and devices. The Azure side works as usual; for the machine, start it again with sudo.",
            MachineHost.Problem(folder.Path, isLinux: true, isRoot: false));
        Assert.StartsWith("The sandbox's machine is made of Linux namespaces, and this is not Linux.", MachineHost.Problem(folder.Path, isLinux: false, isRoot: true), StringComparison.Ordinal);
    }
}
