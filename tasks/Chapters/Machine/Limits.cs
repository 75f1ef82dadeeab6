using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How many files and processes an account may have open, as written down and as a fresh session of it really gets them.</summary>
public sealed class Limits(Machine machine, string account) : MachineResource(machine, "limits", account)
{
    public required int OpenFiles { get; init; }

    public required int Processes { get; init; }

    public override JsonNode Desired => new JsonObject
    {
        ["file"] = new JsonObject
        {
            ["soft nofile"] = $"{OpenFiles}",
            ["hard nofile"] = $"{OpenFiles}",
            ["soft nproc"] = $"{Processes}",
            ["hard nproc"] = $"{Processes}",
        },
        ["session"] = new JsonObject
        {
            ["nofile"] = $"{OpenFiles} or more",
            ["nproc"] = $"{Processes} or more",
        },
    };

    protected override JobValues Asking => new() { { "account", Id.Name }, { "openFiles", OpenFiles }, { "processes", Processes } };
}
