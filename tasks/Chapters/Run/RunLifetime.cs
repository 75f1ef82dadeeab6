using Cake.Core;
using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Plans and starts the rollout before the first task, and concludes it after the last.</summary>
public sealed class RunLifetime : FrostingLifetime<RunContext>
{
    // Cake calls Setup and Teardown synchronously on a thread without a synchronisation context, so waiting here cannot lock up.
    public override void Setup(RunContext context, ISetupContext info) =>
        context.Run.BeginAsync([.. info.TasksToExecute.Select(task => task.Name)]).GetAwaiter().GetResult();

    public override void Teardown(RunContext context, ITeardownContext info) =>
        context.Run.ConcludeAsync().GetAwaiter().GetResult();
}
