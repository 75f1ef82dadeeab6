using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Cli;

namespace DssPipeline.Build;

/// <summary>Opens the deployment and hands over to Cake; the exit code is the run's own.</summary>
internal sealed class RunCommand : AsyncCommand<RunSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunSettings settings, CancellationToken cancellationToken)
    {
        Usage.Check(settings);
        if (settings.Working is { } folder) Directory.SetCurrentDirectory(folder);
        Writable.Check(settings);
        if (settings.BeginsRepository) settings.Starter = Asking.Answer(settings, AnsiConsole.Console);
        _ = settings.Approval;
        Writable.Clear(settings);

        await using var opened = await OpenAsync(settings, cancellationToken);
        return (int)Run(opened, context.Arguments).Exit;
    }

    /// <summary>What keeps a run from beginning is also told in the comment, where the plan of an older run would pass for this one's.</summary>
    private static async Task<Opening> OpenAsync(RunSettings settings, CancellationToken cancel)
    {
        try
        {
            return await Opening.OpenAsync(settings, cancel);
        }
        catch (ProblemException failure)
        {
            await Noticing.TellAsync(settings, failure.Problems, Teaching.Say, cancel);
            throw;
        }
    }

    /// <summary>Runs the tasks that the arguments name.</summary>
    public static (ExitCode Exit, FailureReason Reason) Run(Opening opened, IEnumerable<string> args)
    {
        Run? run = null;
        var (deployment, telling) = (opened.Deployment, opened.Telling);
        var cake = new CakeHost()
            .AddAssembly(typeof(Run).Assembly)
            .UseContext<RunContext>()
            .UseLifetime<RunLifetime>()
            .ConfigureServices(services => services
                .AddSingleton(deployment)
                .AddSingleton(deployment.Arm)
                .AddSingleton(deployment.Machine)
                .AddSingleton(deployment.Dss)
                .AddSingleton(deployment.Clusters)
                .AddSingleton(deployment.Vault)
                .AddSingleton(deployment.Images)
                .AddSingleton(deployment.Clock)
                .AddSingleton<ICakeReportPrinter>(telling.Headings)
                .AddSingleton<Contents>()
                .AddSingleton(provider => run ??= ActivatorUtilities.CreateInstance<Run>(provider)));
        if (telling.CakeConsole is { } console) cake.ConfigureServices(services => services.AddSingleton(console));

        var code = cake.Run(args);
        // Cake that only tells about its tasks makes no run.
        if (run is null) return code == 0 ? (ExitCode.AsWished, FailureReason.None) : (ExitCode.Failed, FailureReason.Failed);

        var failed = run.Exit is ExitCode.AsWished && code != 0;
        var ended = failed ? (ExitCode.Failed, FailureReason.Failed) : (run.Exit, run.Reason);
        deployment.Ci.Conclude(ended.Item2, deployment.Options);
        return ended;
    }
}
