using Cake.Core;
using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>What Cake hands to every task: its own context and the run.</summary>
public sealed class RunContext(ICakeContext context, Run run) : FrostingContext(context)
{
    public Run Run { get; } = run;
}
