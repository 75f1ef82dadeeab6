using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The execution configuration that is used where nobody chose one.</summary>
public sealed class ContainerDefaults(Dss dss, Manifest manifest) : SettingsPart(dss, "containerDefaults", manifest.Name)
{
    // An empty name runs such code on the machine.
    protected override JsonObject Wish => (JsonObject)Json.Of(new { containerSettings = new { defaultExecutionConfig = Default is { } name ? name : "" } });

    /// <summary>Whether the manifest says which one it is: by name, as none, or by having configurations.</summary>
    public bool IsStated => manifest.Containers is { Default: not null } or { ExecutionConfigs: not [] };

    private string? Default => manifest.Containers.Default switch
    {
        "none" => null,
        { } stated => stated,
        _ => manifest.Containers.ExecutionConfigs is [var first, ..] ? first.Name : null,
    };
}
