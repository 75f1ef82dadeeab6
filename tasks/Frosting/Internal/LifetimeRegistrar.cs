using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Makes what happens around the run and around each task known to Cake's engine.</summary>
internal sealed class LifetimeRegistrar(ICakeEngine engine, IFrostingContext context, HostSettings settings, IServiceProvider provider)
{
    public void Register()
    {
        RegisterRun(provider.GetService<IFrostingSetup>(), provider.GetService<IFrostingTeardown>());
        RegisterEachTask(provider.GetService<IFrostingTaskSetup>(), provider.GetService<IFrostingTaskTeardown>());
    }

    private void RegisterRun(IFrostingSetup? setup, IFrostingTeardown? teardown)
    {
        if (setup is not null) engine.RegisterSetupAction(info => setup.Setup(context, settings.Exclusive ? TargetsOf(info) : info));
        if (teardown is not null) engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
    }

    private void RegisterEachTask(IFrostingTaskSetup? setup, IFrostingTaskTeardown? teardown)
    {
        if (setup is not null) engine.RegisterTaskSetupAction(info => setup.Setup(context, info));
        if (teardown is not null) engine.RegisterTaskTeardownAction(info => teardown.Teardown(context, info));
    }

    /// <summary>Cake tells a setup of all that the targets stand on, also when <c>--exclusive</c> leaves it out.</summary>
    private SetupContext TargetsOf(ISetupContext info) =>
        new(context, info.TargetTask, info.TasksToExecute.Where(task => settings.Targets.Contains(task.Name, StringComparer.OrdinalIgnoreCase)));
}
