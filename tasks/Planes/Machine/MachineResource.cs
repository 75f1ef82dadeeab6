using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A thing inside the machine. Its kind names the functions of the machine's scripts that look, make and drop: <c>look_file</c>, <c>make_file</c>, <c>drop_file</c>.</summary>
public abstract class MachineResource(Machine machine, string kind, string name) : Resource(new("machine", kind, name))
{
    public override ResourceId? LivesIn => Machine.Host;

    /// <summary>Every machine resource is asked for in the same round trip, so nobody waits for the host.</summary>
    public override bool AskedAlongsideHost => true;

    /// <summary>What must be as wished before, beside the host and what its wish refers to.</summary>
    public IReadOnlyList<ResourceId> StandsOn { get; init; } = [];

    public override IReadOnlyList<ResourceId> After => StandsOn;

    /// <summary>What people notice when something of it that is there changes, such as a restart, in a sentence; null when nobody does. Nobody notices what is made for the first time.</summary>
    public virtual string? Notice { get; init; }

    public override string? Interruption(IReadOnlyList<Difference> differences) => differences is [] ? null : Notice;

    /// <summary>Whether a change of it takes so long that nothing else should wait for the answer.</summary>
    public virtual bool IsLong => false;

    /// <summary>Jobs of one lock wait for each other on the machine, also for one that a dead run left behind.</summary>
    public virtual string? MachineLock => null;

    protected Machine Machine { get; } = machine;

    /// <summary>What a look needs to know. May ask others first (a secret of the vault); then it waits for them side by side.</summary>
    public virtual Task<JobValues> AskingAsync(CancellationToken cancel) => Task.FromResult(Asking);

    /// <summary>What a change needs to know; the values of the look unless overridden.</summary>
    public virtual Task<JobValues> MakingAsync(Change change, CancellationToken cancel) => AskingAsync(cancel);

    public sealed override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await Machine.LookAsync(this, cancel) is { } fact ? Seen(fact) : null;

    public sealed override async Task ApplyAsync(Change change, CancellationToken cancel) =>
        await MadeAsync(await Machine.MakeAsync(this, change, cancel), cancel);

    /// <summary>Values of the look for those who need not wait.</summary>
    protected virtual JobValues Asking => [];

    /// <summary>What the machine told, spelled so that it can be compared with the wish; null when that means absent.</summary>
    protected virtual JsonNode? Seen(JsonObject fact) => fact;

    /// <summary>Hears what the machine answered to a change, for what must be carried on (a sealed key into the vault).</summary>
    protected virtual Task MadeAsync(JobAnswer answer, CancellationToken cancel) => Task.CompletedTask;
}
