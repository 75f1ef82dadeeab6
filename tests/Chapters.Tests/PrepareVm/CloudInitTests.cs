using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Chapters.Tests;

/// <summary>What a machine does at its first boot.</summary>
public sealed class CloudInitTests
{
    [Fact]
    public async Task The_first_boot_is_readable_the_same_for_every_deployment_and_within_Azures_limit()
    {
        var texts = new List<string>();
        foreach (var example in new[] { "minimal", "reference", "production" }) texts.Add(await FirstBootAsync(example));

        var text = Assert.Single(texts.Distinct());
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));

        Assert.StartsWith("#cloud-config\n", text, StringComparison.Ordinal);
        Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 65535);
    }

    [Fact]
    public async Task Another_text_of_the_first_boot_changes_nothing_in_a_machine_that_stands()
    {
        await using var world = await ArmWorld.StartAsync();
        var machine = Machine("minimal", world);
        var older = machine.Desired!.DeepClone();
        older["properties"]!["osProfile"]!["customData"] = "b2xkZXI=";

        var differences = machine.Comparison.Differences(machine.Desired!, older);

        Assert.Empty(differences);
    }

    private static async Task<string> FirstBootAsync(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var data = Pointer.At(Machine(example, world).Desired, "/properties/osProfile/customData")!.ToString();
        return Encoding.UTF8.GetString(Convert.FromBase64String(data));
    }

    private static VirtualMachine Machine(string example, ArmWorld world)
    {
        var manifest = Examples.Read(example);
        return new(world.ArmFor(manifest), manifest);
    }
}
