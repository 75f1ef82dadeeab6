using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using Spectre.Console;
using Spectre.Console.Cli;
using Spectre.Console.Cli.Help;
using Spectre.Console.Rendering;
using Style = DssPipeline.Convergence.Style;

namespace DssPipeline.Build;

/// <summary>What --help teaches, and how a wrong command line is told.</summary>
internal static class Teaching
{
    /// <summary>What the runs of this process learned to hide; a failure that escapes them hides it too.</summary>
    public static Redactor Redactor { get; } = new();

    public static void Configure(IConfigurator config)
    {
        config.SetApplicationName("dotnet run --project build --");
        config.AddExample("--sandbox");
        config.AddExample("--manifest", "deployment.yml", "--target", "Plan");
        config.AddExample("--manifest", "deployment.yml", "--environment", "prod", "--approve", "3f2a9c01b7de");
        config.Settings.StrictParsing = true;
        config.SetHelpProvider(new Provider(config.Settings));
        config.SetExceptionHandler((failure, _) => Tell(failure));
    }

    /// <summary>Says something before there is a run that could say it, or after.</summary>
    public static void Say(string text)
    {
        using var log = new DisarmedWriter(Console.Error, Vendor.Of(Environment.GetEnvironmentVariable));
        log.WriteLine(Redactor.Clean(text));
    }

    private static int Tell(Exception failure)
    {
        IReadOnlyList<Problem> problems = failure switch
        {
            ProblemException told => told.Problems,
            CommandAppException => [new Problem("Command line not understood", $"{failure.Message} --help lists the options.")],
            _ => [new Problem("Unexpected failure", $"{failure.GetType().Name}: {failure.Message}")],
        };
        var (vendor, code) = (Vendor.Of(Environment.GetEnvironmentVariable), failure is ProblemException or CommandAppException ? ExitCode.Unusable : ExitCode.Failed);
        foreach (var problem in problems) Say(new ProblemText(Style.Plain).Of(problem).TrimEnd());
        var ci = new CiSystem(vendor, Console.Error, Redactor);
        ci.Annotate(problems, manifest: null);
        ci.Failed(problems);
        ci.Conclude(FailureReasons.Of(code), new RunOptions());
        return (int)code;
    }

    private sealed class Provider(ICommandAppSettings settings) : HelpProvider(settings)
    {
        public override IEnumerable<IRenderable> GetHeader(ICommandModel model, ICommandInfo? command) =>
        [
            new Markup("[bold]DssPipeline[/] makes a Dataiku DSS deployment on Azure look like its manifest, on every run.\n"
                + "It looks at Azure, prints one plan, makes only what differs, looks again; a second run changes nothing.\n\n"),
        ];

        public override IEnumerable<IRenderable> GetFooter(ICommandModel model, ICommandInfo? command)
        {
            var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(4, 0, 2, 0)).AddColumn();
            foreach (var (name, description) in Contents.Described) grid.AddRow(Markup.Escape(name), Markup.Escape(description));
            return
            [
                new Markup("\n[yellow]TARGETS:[/]\n"),
                grid,
                new Markup("\n[yellow]EXIT CODES:[/]\n    0 as wished, 1 failed, 2 differs (Plan, Drift), 3 manifest or command line wrong,\n    4 refused, 5 locked by another run, 130 cancelled\n"),
            ];
        }
    }
}
