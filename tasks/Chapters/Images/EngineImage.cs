using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A base image as the engine of the machine has it now: what it is called, what it is, and where it was pushed. Looked at, never made.</summary>
public sealed class EngineImage(Machine machine, Manifest manifest, BaseImageKind kind) : MachineResource(machine, "engineImage", kind.Key)
{
    public override JsonNode Desired => new JsonObject();

    protected override JobValues Asking => new()
    {
        { "type", kind.Type },
        { "tag", kind.Of(manifest.Images).Tag },
        { "version", manifest.Dss.Version },
        { "dataDirectory", manifest.Dss.DataDirectory },
    };
}
