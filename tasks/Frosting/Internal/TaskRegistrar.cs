using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Makes the task classes known to Cake's engine.</summary>
internal sealed class TaskRegistrar(ICakeEngine engine, IFrostingContext context, IEnumerable<IFrostingTask> tasks, ICakeLog log)
{
    public void Register()
    {
        foreach (var task in tasks) Register(task);
    }

    private void Register(IFrostingTask task)
    {
        var type = new TaskType(task.GetType());
        if (!type.Context.IsInstanceOfType(context))
        {
            log.Warning("Task '{0}' is left out: it wants a {1}, and the context is a {2}.", type.Name, type.Context.FullName, context.GetType().FullName);
            return;
        }

        var registered = engine.RegisterTask(type.Name);
        if (!string.IsNullOrWhiteSpace(type.Description)) registered.Description(type.Description);
        Connect(registered, task, type);
        foreach (var name in type.Dependencies) registered.IsDependentOn(name);
        foreach (var name in type.Dependees) registered.IsDependeeOf(name);
    }

    private void Connect(CakeTaskBuilder registered, IFrostingTask task, TaskType type)
    {
        if (type.Runs) registered.Does(_ => task.RunAsync(context));
        if (type.Chooses) registered.WithCriteria(_ => task.ShouldRun(context), task.SkippedMessage);
        if (type.ContinuesOnError) registered.ContinueOnError();
        if (type.HandlesErrors) registered.OnError(exception => task.OnError(exception, context));
        if (type.CleansUp) registered.Finally(() => task.Finally(context));
    }
}
