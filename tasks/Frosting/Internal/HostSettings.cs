using System.ComponentModel;
using Cake.Cli;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The options of the host itself; all others are left to the tasks.</summary>
internal sealed class HostSettings : CommandSettings
{
    [CommandOption("--target|-t <TARGET>")]
    [DefaultValue("Default")]
    [Description("Task to run, with what it depends on. May be given several times.")]
    public string[] Targets { get; init; } = [];

    [CommandOption("--working|-w <PATH>")]
    [TypeConverter(typeof(Cli.DirectoryPathConverter))]
    [Description("Directory to run in.")]
    public DirectoryPath? WorkingDirectory { get; init; }

    [CommandOption("--verbosity|-v <VERBOSITY>")]
    [TypeConverter(typeof(VerbosityConverter))]
    [Description("How much is told: Quiet, Minimal, Normal, Verbose, Diagnostic.")]
    public Verbosity? Verbosity { get; init; }

    [CommandOption("--description|--descriptions|--showdescription|--showdescriptions")]
    [Description("Says what each task does.")]
    public bool Description { get; init; }

    [CommandOption("--tree|--showtree")]
    [Description("Shows which task depends on which.")]
    public bool Tree { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Shows the order of the tasks and runs none.")]
    public bool DryRun { get; init; }

    [CommandOption("--exclusive|-e")]
    [Description("Runs the target without what it depends on.")]
    public bool Exclusive { get; init; }

    [CommandOption("--no-report")]
    [Description("Leaves out the table of tasks at the end.")]
    public bool NoReport { get; init; }

    [CommandOption("--version|--ver")]
    [Description("Shows the version of Cake.")]
    public bool Version { get; init; }

    [CommandOption("--info")]
    [Description("Shows more about Cake.")]
    public bool Info { get; init; }
}
