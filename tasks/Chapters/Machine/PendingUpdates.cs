using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Updates of the operating system that are known to the machine and not installed. What its metadata does not know yet is no difference.</summary>
public sealed class PendingUpdates(Machine machine, SystemUpdates kind) : MachineResource(machine, "updates", Word(kind))
{
    public override bool IsLong => true;

    public override string MachineLock => "dnf";

    public override TimeSpan? Patience => TimeSpan.FromHours(2);

    public override JsonNode Desired => Json.Of(new { pending = 0 });

    public override string Interruption(IReadOnlyList<Difference> differences) =>
        "Services whose packages are updated start again, Docker and what runs in it among them. A new kernel waits for the next boot.";

    protected override JobValues Asking => new() { { "kind", Id.Name } };

    private static string Word(SystemUpdates kind) => kind is SystemUpdates.All ? "all" : "security";
}
