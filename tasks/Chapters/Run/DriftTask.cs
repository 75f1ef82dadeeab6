using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>A plan that is expected to be empty: fails when somebody bent the deployment.</summary>
[TaskName("Drift"), TaskDescription("Fails when the deployment no longer looks like its manifest; writes nothing")]
public sealed class DriftTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.PlanAsync();
}
