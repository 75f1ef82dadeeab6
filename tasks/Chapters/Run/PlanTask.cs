using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Tells what Deploy would do, and does nothing.</summary>
[TaskName("Plan"), TaskDescription("Looks at everything and tells what Deploy would do; writes nothing")]
public sealed class PlanTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.PlanAsync();
}
