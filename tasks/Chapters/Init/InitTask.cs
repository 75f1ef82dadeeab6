using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Writes the first files of a new repository into the working directory.</summary>
[TaskName("Init"), TaskDescription("Writes manifest, pipeline and README of a new repository; asks for what --name, --location and --vendor do not say")]
public sealed class InitTask : AsyncFrostingTask<RunContext>
{
    public override async Task RunAsync(RunContext context)
    {
        var deployment = context.Run.Deployment;
        if (deployment.Options.Starter is not { } wish) return;

        var starter = new Starter(wish);
        await starter.WriteAsync(Environment.CurrentDirectory, deployment.Cancel);
        foreach (var file in starter.Files) deployment.Audience.Say($"  + {file.Path}");
        deployment.Audience.Say($"\n{wish.Name} can be rehearsed now: --manifest deployment.yml --sandbox. README.md says what comes then.");
    }
}
