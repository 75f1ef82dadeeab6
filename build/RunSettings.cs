using System.ComponentModel;
using DssPipeline.Chapters;
using Spectre.Console.Cli;

namespace DssPipeline.Build;

/// <summary>What the command line may say. Options of Cake itself are listed too, so that --help tells everything; Cake reads those by itself.</summary>
internal sealed class RunSettings : CommandSettings
{
    private Approval? approval;

    [CommandOption("-m|--manifest <FILE>")]
    [Description("Manifest of the deployment. With --sandbox alone, the reference deployment is rehearsed")]
    public string? Manifest { get; init; }

    [CommandOption("--manifests <PATTERN>")]
    [Description("Manifests of a fleet, such as \"fleet/*/*.yml\": each folder is a ring. For --target Fleet")]
    public string? Manifests { get; init; }

    [CommandOption("-t|--target <TARGET>")]
    [Description("Task to run with what it stands on; see TARGETS. Default: [blue]Deploy[/]")]
    public string[] Targets { get; init => field = [.. value.Select(Contents.Spelled)]; } = [];

    [CommandOption("--environment <NAME>")]
    [Description("Lays deployment.NAME.yml, or the section environments.NAME, over the manifest")]
    public string? Environment { get; init; }

    [CommandOption("--set <PATH=VALUE>")]
    [Description("Sets one key of the manifest, such as vm.size=Standard_E16s_v5; may be repeated")]
    public string[] Sets { get; init; } = [];

    [CommandOption("--sandbox [DIR]")]
    [Description("Rehearses in a loopback Azure whose state lives in DIR. Default: [blue].sandbox[/]")]
    public required FlagValue<string> Sandbox { get; init; }

    [CommandOption("--latency <PROFILE>")]
    [Description("How slow the sandbox is: none, 100ms, real or real/60. Default: [blue]none[/]")]
    public string? Latency { get; init; }

    [CommandOption("--faults <RULES>")]
    [Description("What goes wrong in the sandbox, such as \"429@PUT *storageAccounts* times=2\"; see docs/sandbox.md")]
    public string? Faults { get; init; }

    [CommandOption("--dss-habits <HABITS>")]
    [Description("How the sandbox's DSS misbehaves, such as redact-secrets,404-for-missing; see docs/sandbox.md. Default: like a real one")]
    public string? DssHabits { get; init; }

    [CommandOption("--machine <KIND>")]
    [Description("What stands behind the sandbox's virtual machine: linux (a Linux of its own, made with namespaces; needs root), or none, which leaves the inside of the machine out. Default: [blue]linux[/] where the host can, or else none")]
    public string? Machine { get; init; }

    [CommandOption("--engine <KIND>")]
    [Description("Docker inside the sandbox's machine: stand-in, or real, which is this host's dockerd run in there. Default: as at the last run, [blue]stand-in[/] at first")]
    public string? Engine { get; init; }

    [CommandOption("--plan-file <FILE>")]
    [Description("Writes the plan as JSON")]
    public string? PlanFile { get; init; }

    [CommandOption("--approve <DIGEST>")]
    [Description("Makes the plan of this digest and no other")]
    public string? Approve { get; init; }

    [CommandOption("--approve-plan <FILE>")]
    [Description("The same for the plan in a plan.json that was read; when the world has moved since, tells what differs between the two")]
    public string? ApprovePlan { get; init; }

    [CommandOption("--confirm <NAME>")]
    [Description("The deployment's own name, as Destroy needs it")]
    public string? Confirm { get; init; }

    [CommandOption("--report <DIR>")]
    [Description("Writes plan.json, plan.md, report.json, report.md and report.html there")]
    public string? Report { get; init; }

    [CommandOption("--comment")]
    [Description("Keeps one comment on the pull request up to date with plan or report; inside GitHub Actions or Azure Pipelines")]
    public bool Comment { get; init; }

    [CommandOption("--issue")]
    [Description("With --target Drift on GitHub: opens one issue that says what drifted, keeps it up to date, closes it when nothing differs")]
    public bool Issue { get; init; }

    [CommandOption("--label <NAME>")]
    [Description("What tells this environment from others in comments and issues. Default: the environment, or without one the deployment's name")]
    public string? Label { get; init; }

    [CommandOption("--parallelism <N>")]
    [Description("How many resources are looked at or made side by side. Default: [blue]32[/]")]
    public int Parallelism { get; init; } = 32;

    [CommandOption("--output <FORM>")]
    [Description("console, json or markdown; with the last two, standard output holds the document alone. Default: [blue]console[/]")]
    public string Output { get; init; } = "console";

    [CommandOption("-e|--exclusive")]
    [Description("Runs the target without what it stands on")]
    public bool Exclusive { get; init; }

    [CommandOption("--name <NAME>")]
    [Description("Init: name of the new deployment. Default: what is asked for, or the name of the folder")]
    public string? Name { get; init; }

    [CommandOption("--location <REGION>")]
    [Description("Init: region of Azure. Default: what is asked for, or [blue]westeurope[/]")]
    public string? Location { get; init; }

    [CommandOption("--vendor <VENDOR>")]
    [Description("Init: whose pipelines run the deployment, github or azure-devops. Default: what is asked for")]
    public string? Vendor { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Tells which tasks would run, without running them. For what they would change, use --target Plan")]
    public bool DryRun { get; init; }

    [CommandOption("--tree")]
    [Description("Shows the tasks as a tree")]
    public bool Tree { get; init; }

    [CommandOption("--description")]
    [Description("Shows what each task does")]
    public bool Description { get; init; }

    [CommandOption("-v|--verbosity <LEVEL>")]
    [Description("quiet, minimal, normal, verbose or diagnostic. Default: [blue]normal[/]")]
    public string? Verbosity { get; init; }

    [CommandOption("-w|--working <DIR>")]
    [Description("Working directory")]
    public string? Working { get; init; }

    [CommandOption("--version")]
    [Description("Shows the version")]
    public bool Version { get; init; }

    [CommandOption("--info")]
    [Description("Shows the versions of the program and of Cake")]
    public bool Info { get; init; }

    /// <summary>True when Cake only tells about the tasks and nothing is run.</summary>
    public bool OnlyTells => DryRun || Tree || Description || Version || Info;

    /// <summary>Whether standard output belongs to a document, so that the run is told beside it.</summary>
    public bool HandsOutDocument => Form is not OutputForm.Console || Targets is ["Schema"];

    /// <summary>Whether this is about many deployments.</summary>
    public bool IsFleet => Targets is [var target] && string.Equals(target, "Fleet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a target talks to a remote; Validate talks to nobody, not even a sandbox.</summary>
    public bool AsksSomebody => !Targets.All(target => string.Equals(target, "Validate", StringComparison.OrdinalIgnoreCase)) || Targets is [];

    /// <summary>Whether one of the targets works on a deployment.</summary>
    public bool NeedsManifest => !OnlyTells && !IsFleet && (Targets is [] || Targets.Any(target => target != "Schema" && !IsInit(target)));

    /// <summary>Whether a new repository is begun.</summary>
    public bool BeginsRepository => !OnlyTells && Targets.Any(IsInit);

    /// <summary>What the new repository shall be, once it is known.</summary>
    public StarterWish? Starter { get; set; }

    /// <summary>What may be made; read once, before anybody is asked.</summary>
    /// <exception cref="Convergence.ProblemException">The approved plan cannot be used.</exception>
    public Approval? Approval => approval ??= Chapters.Approval.Of(Approve, ApprovePlan);

    public RunOptions Options => new()
    {
        PlanFile = PlanFile,
        Approval = Approval,
        ReportFolder = Report,
        Confirm = Confirm,
        Only = Exclusive ? Targets : [],
        Parallelism = Parallelism,
        Starter = Starter,
        Output = Form,
    };

    /// <summary>The settings for one member of the fleet, with a world and a report of its own.</summary>
    public RunSettings For(Ring ring, Member member) => new()
    {
        Manifest = member.Manifest,
        Environment = Environment,
        Sets = Sets,
        Sandbox = new FlagValue<string> { IsSet = true, Value = Path.Combine(Rehearsal.Folder(this), ring.Name, member.Name) },
        Latency = Latency,
        Faults = Faults,
        DssHabits = DssHabits,
        Machine = Machine,
        Engine = Engine,
        Report = Report is { } folder ? Path.Combine(folder, ring.Name, member.Name) : null,
        Parallelism = Parallelism,
        Verbosity = Verbosity,
    };

    private OutputForm Form => Enum.Parse<OutputForm>(Output, ignoreCase: true);

    private static bool IsInit(string target) => string.Equals(target, "Init", StringComparison.OrdinalIgnoreCase);
}
