using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A service that runs, starts with the machine, and has read what it reads as it is now.</summary>
public sealed class Service(Machine machine, string unit) : MachineResource(machine, "service", unit)
{
    /// <summary>Files and folders it reads when it starts; after a newer change of them it is not current any more.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    public override TimeSpan? Patience => TimeSpan.FromMinutes(5);

    public override JsonNode Desired => Json.Of(new { state = "active", enabled = true, masked = false, current = true });

    public override string? Interruption(IReadOnlyList<Difference> differences) => differences.Any(difference => difference.Path == "/current" && difference.Before is not null) ? Notice : null;

    protected override JobValues Asking => new() { { "unit", Id.Name }, { "reads", Reads }, { "state", "active" }, { "enabled", true } };
}
