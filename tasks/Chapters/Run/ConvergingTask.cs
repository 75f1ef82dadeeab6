using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A task that wishes for resources. It declares them; the rollout makes them; the task tells what became of them.</summary>
public abstract class ConvergingTask : AsyncFrostingTask<RunContext>
{
    /// <summary>What the manifest wishes for under this heading: same manifest, same resources, same order. Asks nobody.</summary>
    public abstract IEnumerable<Resource> Declare(Manifest manifest);

    /// <summary>How to find what is there and ours although the manifest no longer names it.</summary>
    public virtual IEnumerable<LeftoverSearch> Search(Manifest manifest) => [];

    /// <summary>What belongs under this heading and is not made by this version, in words for people; null when nothing is missing.</summary>
    public virtual string? NotYet => null;

    /// <summary>What this manifest leaves to people under this heading, in words for them, as plans and runs tell it; null when nothing.</summary>
    public virtual string? LeftToPeople(Manifest manifest) => null;

    public sealed override Task RunAsync(RunContext context) => context.Run.TellAsync(this);
}
