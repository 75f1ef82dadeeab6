using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Many deployments: hands out the jobs for them, or rehearses them all.</summary>
[TaskName("Fleet"), TaskDescription("Many deployments, named by --manifests: hands out the matrix for a CI system, or rehearses all of them with --sandbox, ring by ring")]
public sealed class FleetTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.FleetAsync();
}
