using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The one command of a host: hands the tasks to Cake's engine and runs the targets.</summary>
internal sealed class HostCommand(IServiceCollection services) : AsyncCommand<HostSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, HostSettings settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.NoReport, settings.Targets));
        services.AddSingleton(context.Remaining);
        services.AddSingleton(settings);
        var provider = services.BuildServiceProvider();

        try
        {
            if (settings.Version) provider.GetRequiredService<ICakeVersionFeature>().Run(provider.GetRequiredService<IConsole>());
            else if (settings.Info) provider.GetRequiredService<ICakeInfoFeature>().Run(provider.GetRequiredService<IConsole>());
            else await RunAsync(provider, settings);
            return 0;
        }
        catch (Exception exception)
        {
            return provider.GetRequiredService<ICakeLog>().LogException(exception);
        }
    }

    private static async Task RunAsync(IServiceProvider provider, HostSettings settings)
    {
        var log = provider.GetRequiredService<ICakeLog>();
        log.Verbosity = settings.Verbosity ?? Verbosity.Normal;

        // cake.config is looked for in the working directory, so that comes first.
        EnterWorkingDirectory(provider, settings);
        log.Verbosity = provider.GetRequiredService<ICakeConfiguration>().GetVerbosity(settings.Verbosity);

        InstallTools(provider);

        provider.GetRequiredService<TaskRegistrar>().Register();
        // Cake's dry run would call Setup and Teardown for real; a dry run here touches nothing.
        if (!settings.DryRun) provider.GetRequiredService<LifetimeRegistrar>().Register();

        var host = ChooseHost(provider, settings);
        if (settings.Exclusive) host.Settings.UseExclusiveTarget();
        await host.RunTargetsAsync(settings.Targets);
    }

    private static IScriptHost ChooseHost(IServiceProvider provider, HostSettings settings) => settings switch
    {
        { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
        { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
        _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };

    private static void EnterWorkingDirectory(IServiceProvider provider, HostSettings settings)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        if ((settings.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path) is not { } wished) return;

        var directory = wished.MakeAbsolute(environment);
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
        {
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = directory;
    }

    private static void InstallTools(IServiceProvider provider)
    {
        var installer = provider.GetRequiredService<IToolInstaller>();
        // Install hands out its work bit by bit: it is done only for those who ask to the end.
        foreach (var tool in provider.GetServices<PackageReference>()) _ = installer.Install(tool).ToList();
    }
}
