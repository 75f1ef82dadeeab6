using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A thing inside DSS.</summary>
public abstract class DssObject(Dss dss, string kind, string name) : Resource(new("dss", kind, name))
{
    public override ResourceId? LivesIn => Dss.Host;

    /// <summary>What must be as wished before, beside the host and what its wish refers to.</summary>
    public IReadOnlyList<ResourceId> StandsOn { get; init; } = [];

    public override IReadOnlyList<ResourceId> After => StandsOn;

    protected Dss Dss { get; } = dss;
}
