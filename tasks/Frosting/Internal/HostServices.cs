using Cake.Cli;
using Cake.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>What every host brings along before its owner adds to it.</summary>
internal static class HostServices
{
    public static ServiceCollection Create()
    {
        var services = new ServiceCollection();
        services.AddCakeDiagnostics();
        services.UseCakeDefaultModules();

        services.AddSingleton<ICakeConfiguration, HostConfiguration>();
        services.AddSingleton<IFrostingContext, FrostingContext>();
        services.AddSingleton<TaskRegistrar>();
        services.AddSingleton<LifetimeRegistrar>();

        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();

        services.AddSingleton<IVersionResolver, CakeVersion>();
        services.AddSingleton<ICakeVersionFeature, VersionFeature>();
        services.AddSingleton<ICakeInfoFeature, InfoFeature>();
        return services;
    }
}
