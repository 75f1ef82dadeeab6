using Cake.Core;
using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Removes what this deployment made, and nothing else.</summary>
[TaskName("Destroy"), TaskDescription("Removes what carries this deployment's mark, in reverse order; needs --confirm NAME")]
public sealed class DestroyTask : AsyncFrostingTask<RunContext>
{
    public override async Task RunAsync(RunContext context)
    {
        var (run, name) = (context.Run, context.Run.Deployment.Needed().Name);
        if (run.Deployment.Options.Confirm != name)
        {
            Problem[] problems = [Unconfirmed(name, run.Deployment.Options.Confirm)];
            run.End(ExitCode.Refused);
            run.Deployment.Audience.Tell(problems);
            await run.Deployment.Papers.HandOutAsync(name, problems);
            throw new CakeException("Nothing was touched.");
        }

        await run.DestroyAsync();
    }

    private static Problem Unconfirmed(string name, string? given) => new(
        "Destroy is not confirmed",
        $"Destroy removes everything that carries the mark of the deployment \"{name}\"; {(given is null ? "nothing confirmed that" : $"--confirm said \"{given}\"")}. Run the same command again with the deployment's own name added:")
    {
        Command = $"--confirm {name}",
    };
}
