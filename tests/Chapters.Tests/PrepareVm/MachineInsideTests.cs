using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What PrepareVm declares inside the machine, and what stands on what.</summary>
public sealed class MachineInsideTests
{
    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task Nothing_stands_on_what_nobody_declares(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read(example, "dss.r=true", "dss.graphicsExport=true", "vm.firewall=true", "vm.proxy.https=http://proxy.example.com:3128");
        await using var machine = MachineOf(manifest);

        var graph = new Graph([.. Contents.With(world.ArmFor(manifest), TimeProvider.System, machine).All.Select(task => Contents.PartOf(task, manifest))]);

        Assert.Empty(graph.Dangling());
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("reference")]
    [InlineData("production")]
    [InlineData("reference", "with-all", "dss.r=true", "dss.graphicsExport=true", "vm.firewall=true", "vm.proxy.https=http://proxy.example.com:3128", "vm.proxy.except=[\"*.corp\"]", "vm.docker.version=27.3.1", "vm.docker.bridgeCidr=172.26.0.0/16", "vm.kubectl.version=1.33.4", "vm.azureCli.version=2.72.0", "vm.packages=[htop]", "vm.mirrors.docker=https://mirror.example.com/docker/", "vm.mirrors.epel=https://mirror.example.com/epel", "aks.plugin.python=PYTHON311", "vm.updates=all")]
    [InlineData("minimal", "on-nine", "vm.image.sku=9-gen2")]
    public async Task The_inside_of_the_machine_reads_as_verified(string example, string? variant = null, params string[] sets)
    {
        var manifest = Examples.Read(example, sets);
        await using var world = await ArmWorld.StartAsync();
        await using var machine = MachineOf(manifest);

        var told = string.Join('\n', new PrepareVmTask(world.ArmFor(manifest), machine).Declare(manifest).OfType<MachineResource>().Select(Written));

        Snapshot.Matches(told, Path.Combine(Snapshot.Folder(), $"MachineInsideTests.{variant ?? example}.verified.txt"));
    }

    [Fact]
    public async Task A_machine_that_nobody_can_work_in_is_said_and_nothing_is_declared_inside()
    {
        var manifest = Examples.Read("minimal");
        await using var world = await ArmWorld.StartAsync();
        await using var nowhere = Machine.Nowhere(manifest.Names.Machine, "there is no way in");
        var task = new PrepareVmTask(world.ArmFor(manifest), nowhere);

        Assert.Equal("there is no way in", task.NotYet);
        Assert.DoesNotContain(task.Declare(manifest), resource => resource is MachineResource);
    }

    [Theory]
    [InlineData("1.33", "1.32", "1.33")]
    [InlineData("1.30.4", "1.31", "1.30.4")]
    [InlineData(null, "1.32.7", "1.32")]
    [InlineData(null, null, "1.33")]
    public void Kubectl_is_the_one_of_the_newest_cluster_unless_stated(string? stated, string? cluster, string expected)
    {
        var manifest = Examples.Read("reference", $"vm.kubectl.version={stated ?? "1.33"}", $"aks.clusters[0].kubernetesVersion={cluster ?? "1.33"}");
        if (stated is null) manifest = manifest with { Vm = manifest.Vm with { Kubectl = new() } };
        if (cluster is null) manifest = manifest with { Aks = manifest.Aks with { Clusters = [] } };

        Assert.Equal(expected, KubectlVersion.Of(manifest).Text);
    }

    private static Machine MachineOf(Manifest manifest) => new(new() { Host = manifest.Names.Machine }, new ProcessShell("false", []), TimeProvider.System);

    private static string Written(Resource resource) =>
        $"{resource.Id}\n  wish {resource.Desired?.ToJsonString()}{(resource.After is [] ? "" : $"\n  after {string.Join(", ", resource.After)}")}";
}
