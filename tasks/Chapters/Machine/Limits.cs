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

    /// <summary>What the machine itself does not have, no session can get.</summary>
    protected override JsonNode? Seen(JsonObject fact)
    {
        if (fact["session"] is not JsonObject session) return fact;

        foreach (var (item, limit) in session.ToList())
        {
            if ($"{limit}".EndsWith(", more than this machine has", StringComparison.Ordinal)) session[item] = Pointer.At(Desired, $"/session/{item}")?.DeepClone();
        }

        return fact;
    }

    protected override JobValues Asking => new() { { "account", Id.Name }, { "openFiles", OpenFiles }, { "processes", Processes } };
}
