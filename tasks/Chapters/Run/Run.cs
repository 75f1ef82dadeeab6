using Cake.Core;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>One run of the program: plans the scheduled chapters, starts the rollout, lets each task tell its part, looks again.</summary>
public sealed partial class Run(Deployment deployment, Contents contents)
{
    private readonly RunLock runLock = new(deployment);
    private Rollout? rollout;
    private Graph? graph;
    private Plan? plan;
    private int notYet;
    private bool destroys;
    private bool isNotApproved;

    /// <summary>What the run came to: as wished until something says otherwise.</summary>
    public ExitCode Exit { get; private set; } = ExitCode.AsWished;

    /// <summary>The same in the words that pipelines branch on.</summary>
    public FailureReason Reason => isNotApproved ? FailureReason.NotApproved : FailureReasons.Of(Exit);

    public Deployment Deployment => deployment;

    private Audience Audience => deployment.Audience;

    /// <summary>Plans and starts the chapters among the scheduled tasks; nothing when there are none.</summary>
    public async Task BeginAsync(IReadOnlyCollection<string> scheduled)
    {
        var mine = contents.All.Where(task => IsPart(task, scheduled)).ToList();
        // A real Cake Frosting calls Setup in a dry run too; then there is no manifest and nothing to begin.
        if (mine is [] || deployment.Manifest is null || Exit is not ExitCode.AsWished) return;

        await GuardedAsync(async () =>
        {
            graph = GraphOf(mine);
            await StartAsync(deployment.Needed().Name);
        });
    }

    /// <summary>Waits for what the task declared and tells what became of it.</summary>
    public async Task TellAsync(ConvergingTask task)
    {
        if (graph is null || rollout is null) return;

        var part = graph.Parts.Single(part => part.Name == Contents.NameOf(task.GetType()));
        var changes = plan!.Parts.Single(planned => planned.Name == part.Name).Changes;
        if (task.LeftToPeople(deployment.Needed()) is { } left) Audience.Say($"  ({left})");
        if (task.NotYet is { } missing)
        {
            notYet++;
            Audience.Say($"  ({missing})");
            if (part.Resources is []) return;
        }

        Audience.Open(part, changes);
        Audience.Close(part, await rollout.FinishAsync(changes.Select(change => change.Id)));
    }

    /// <summary>Looks at everything the deployment declares and tells what differs, also by the exit code.</summary>
    public Task PlanAsync() => GuardedAsync(async () =>
    {
        var found = await RolloutOf(new([.. PartsOf(contents.All)])).PlanAsync(deployment.Cancel);
        foreach (var task in contents.All) if (task.LeftToPeople(deployment.Needed()) is { } left) Audience.Say($"{Contents.NameOf(task.GetType())}: {left}");
        Audience.Tell(deployment, found);
        Audience.WarnOfRefused(deployment, found);
        await deployment.Papers.FileAsync(deployment.Needed().Name, found);
        await deployment.Papers.HandOutAsync(deployment.Needed().Name, found);
        await deployment.Notices.TellAsync(deployment.Needed().Name, found, deployment.Cancel);
        End(found.IsEmpty ? ExitCode.AsWished : ExitCode.Differs);
    });

    /// <summary>Declares everything and asks nobody.</summary>
    public Task ValidateAsync() => GuardedAsync(() =>
    {
        var whole = new Graph([.. PartsOf(contents.All)]);
        Audience.Say($"{deployment.Needed().Name} is valid: it declares {whole.Resources.Count} resources in {whole.Parts.Count(part => part.Resources.Count > 0)} tasks.");
        return Task.CompletedTask;
    });

    /// <summary>Runs a step of a task; its problems are told, and decide the exit code.</summary>
    public async Task GuardedAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (ProblemException failure)
        {
            End(ExitCode.Failed);
            Audience.Tell(failure.Problems);
            await deployment.Papers.FileAsync(deployment.Manifest?.Name ?? "none", failure.Problems);
            await deployment.Papers.HandOutAsync(deployment.Manifest?.Name ?? "none", failure.Problems);
            await deployment.Notices.TellAsync(deployment.Manifest?.Name ?? "none", failure.Problems, deployment.Cancel);
            throw new CakeException("The run ended early: see the problem above.", failure);
        }
        catch (OperationCanceledException failure) when (deployment.Cancel.IsCancellationRequested)
        {
            End(ExitCode.Cancelled);
            throw new CakeException(rollout is null ? "Cancelled before anything was changed." : "Cancelled; what was changed is told above.", failure);
        }
        catch (Exception failure) when (failure is not CakeException)
        {
            End(ExitCode.Failed);
            throw;
        }
    }

    /// <summary>Sets the exit code, once: the first thing that went wrong decides.</summary>
    public void End(ExitCode code) => Exit = Exit is ExitCode.AsWished ? code : Exit;

    private Graph GraphOf(List<ConvergingTask> mine)
    {
        var others = contents.All.Except(mine).SelectMany(task => task.Declare(deployment.Needed()));
        return new([.. runLock.Minding(PartsOf(mine))], others);
    }

    private IEnumerable<Part> PartsOf(IEnumerable<ConvergingTask> tasks) => tasks.Select(task => Contents.PartOf(task, deployment.Needed()));

    private Rollout RolloutOf(Graph of) => new(of, new RolloutOptions
    {
        Width = deployment.Options.Parallelism,
        LookAnew = () => LookAnew(of),
        Permissions = Allowed,
    }, deployment.Clock, Audience);

    private void LookAnew(Graph of)
    {
        deployment.Arm.LookAnew();
        deployment.Dss.LookAnew();
        deployment.Machine.LookAnew(of.Looked().SelectMany(resource => (resource as IAsksMachine)?.AsksFor ?? (resource is MachineResource inside ? [inside] : [])));
    }

    private bool IsPart(ConvergingTask task, IReadOnlyCollection<string> scheduled)
    {
        var name = Contents.NameOf(task.GetType());
        return scheduled.Contains(name, StringComparer.OrdinalIgnoreCase) && (deployment.Options.Only is [] || deployment.Options.Only.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private Permissions Allowed => deployment.Needed().Policy is var policy && destroys
        ? new(Named(policy.AllowReplace), Named(policy.AllowDestroy)) { DeleteKey = "policy.allowDestroy" }
        : new(Named(policy.AllowReplace), Named(policy.AllowDelete));

    private static HashSet<ResourceId> Named(IEnumerable<string> names) =>
        [.. names.Select(name => ResourceId.TryParse(name, out var id) ? id : default)];
}
