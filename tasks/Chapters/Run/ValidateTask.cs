using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Reads the manifest and declares everything, without asking anybody.</summary>
[TaskName("Validate"), TaskDescription("Checks the manifest and everything declared from it; no network")]
public sealed class ValidateTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.ValidateAsync();
}
