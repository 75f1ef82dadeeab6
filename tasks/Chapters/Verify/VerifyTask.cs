using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Proves that what was promised works. It changes nothing that stays.</summary>
[TaskName("Verify"), TaskDescription("Proves that it works: images, nodes, connections, pods that run, data written and read; changes nothing")]
public sealed class VerifyTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.VerifyAsync();
}
