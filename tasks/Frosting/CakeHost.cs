using System.Reflection;
using Cake.Cli;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Runs tasks that are classes: gathers them, wires them into Cake's engine, and lets the command line choose.</summary>
public sealed class CakeHost
{
    private const int Failure = 255;

    private readonly ServiceCollection registrations = HostServices.Create();
    private readonly HashSet<Assembly> assemblies = Assembly.GetEntryAssembly() is { } entry ? [entry] : [];

    public static CakeHost Create() => new();

    /// <summary>Adds an assembly whose exported tasks belong to this host.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Adds services; a later registration of the same service wins.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        services(registrations);
        return this;
    }

    /// <summary>Runs what the arguments ask for. An error is logged, not thrown.</summary>
    public int Run(IEnumerable<string> args)
    {
        foreach (var task in assemblies.SelectMany(TaskType.In)) registrations.AddSingleton(typeof(IFrostingTask), task);

        var registrar = new TypeRegistrar();
        registrar.RegisterInstance(typeof(IServiceCollection), registrations);

        var app = new CommandApp<HostCommand>(registrar);
        // "--version=1.2.3" is an argument of the tasks, not the flag of the same name.
        app.Configure(config => config.Settings.ConvertFlagsToRemainingArguments = true);

        return app.Run(args) == 0 ? 0 : Failure;
    }
}
