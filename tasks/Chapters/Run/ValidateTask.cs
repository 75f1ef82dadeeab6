using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Reads the manifest and declares everything, without asking anybody.</summary>
[TaskName("Validate"), TaskDescription("Checks the manifest and everything declared from it; no network")]
public sealed class ValidateTask(Contents contents) : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.GuardedAsync(() =>
    {
        var (manifest, audience) = (context.Run.Deployment.Needed, context.Run.Deployment.Audience);
        var graph = new Convergence.Graph([.. contents.All.Select(task => Contents.PartOf(task, manifest))]);
        audience.Say($"{manifest.Name} is valid: it declares {graph.Resources.Count} resources in {graph.Parts.Count(part => part.Resources.Count > 0)} tasks.");
        return Task.CompletedTask;
    });
}
