using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What the machine's own firewall lets in, now and after each boot. Where none runs, everything counts as open.</summary>
public sealed class Firewall(Machine machine) : MachineResource(machine, "firewall", "openings")
{
    /// <summary>Ports that are open to everybody the network lets through: <c>22/tcp</c>, <c>11000-11009/tcp</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Ranges that may use every TCP port.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public override JsonNode Desired => new JsonObject(Ports.Concat(Sources).Distinct(StringComparer.Ordinal).Select(opening => KeyValuePair.Create<string, JsonNode?>(opening, "open")));

    protected override JobValues Asking => new() { { "port", Ports }, { "source", Sources } };
}
