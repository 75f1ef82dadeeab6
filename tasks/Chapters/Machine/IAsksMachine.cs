using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A resource outside of the machine that needs to know something of its inside, which the one round trip of a look can bring along.</summary>
public interface IAsksMachine
{
    /// <summary>What it looks at.</summary>
    IEnumerable<MachineResource> AsksFor { get; }
}
