using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How many files and processes an account may have open, as written down and as a fresh session of it really gets them.</summary>
public sealed class Limits(Machine machine, string account) : MachineResource(machine, "limits", account)
{
    public required int OpenFiles { get; init; }

    public required int Processes { get; init; }

    public override JsonNode Desired => Json.Of(new
    {
        file = "as wished",
        session = new { openFiles = "enough", processes = "enough" },
    });

    protected override JobValues Asking => new() { { "account", Id.Name }, { "openFiles", OpenFiles }, { "processes", Processes } };
}
