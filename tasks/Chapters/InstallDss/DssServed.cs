using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Where the machine serves DSS at the moment, and the certificate it shows there. Only looked at, when DSS is not found where it is wished.</summary>
/// <param name="front">The port of the server before DSS that is asked instead of DSS itself; null for none.</param>
internal sealed class DssServed(Machine machine, DssHome home, int? front) : MachineResource(machine, "dssServed", home.Name)
{
    public override JsonNode Desired => Json.Of(new { });

    protected override JobValues Asking
    {
        get
        {
            var values = home.Values();
            if (front is { } port) values.Add("front", port);
            return values;
        }
    }
}
