using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Tells a run as text, in the order of the tasks, while the rollout runs ahead underneath, and in the language of the CI system where there is one.</summary>
public sealed class Terminal(TextWriter output, Style style, TimeProvider clock, Redactor redactor) : Audience
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly HashSet<ResourceId> open = [];
    private long lastWait = long.MinValue;
    private (int Done, int All) progress;

    public CiSystem Ci { get; init; } = CiSystem.None;

    /// <summary>What moves while the run goes on, where a person looks at it.</summary>
    public LiveView? Live { get; init; }

    public override void Head(string task)
    {
        if (!Contents.Told.Contains(task, StringComparer.Ordinal) || !Ci.Open(task)) Say($"\n{style.Bold(task)}");
    }

    public override void Say(string line)
    {
        lock (gate) output.WriteLine(redactor.Clean(line));
    }

    public override void Report(Happening value)
    {
        Count(value);
        Live?.Report(value);
        if (LineFor(value) is { } line) Say(line);
    }

    public override void Report(Wait value)
    {
        if (Live is not null) return;

        var since = clock.GetUtcNow() - value.Since;
        if (since > Quiet && IsTime()) Say(style.Faint($"  … {value.Subject[(value.Subject.LastIndexOf('/') + 1)..]}: waiting for {value.For}, {Duration.Text(since)} so far"));
    }

    public override void Tell(Deployment deployment, Plan plan)
    {
        Say("");
        Say(new PlanText(style).Of($"{deployment.Needed().Name} in {deployment.Where}", plan).TrimEnd());
        Ci.Planned(deployment.Needed().Name, plan);
    }

    public override void WarnOfRefused(Deployment deployment, Plan plan) => Ci.Warn(RefusedIn(plan), deployment.Manifest);

    public override void TellRefused(Deployment deployment, Plan plan) => Ci.Annotate(RefusedIn(plan), deployment.Manifest);

    public override void TellUnapproved(string deployment, Approval approval, Plan found)
    {
        Say("");
        foreach (var line in ApprovalText.Of(deployment, approval, found)) Say(line);
        Ci.Annotate([ApprovalText.Problem(approval, found)], manifest: null);
        Ci.Summarise(ApprovalText.Markdown(deployment, approval, found));
    }

    public override void TellDifferences(Plan plan) => Say(new PlanText(style).Of("what differs after the run", plan).TrimEnd());

    public override void Open(Part part, IReadOnlyList<Change> changes)
    {
        lock (gate) open.UnionWith(changes.Select(change => change.Id));
    }

    public override void Close(Part part, IReadOnlyList<Outcome> outcomes)
    {
        if (part.Resources.Count == 0) Say(style.Faint("  The manifest asks for nothing here."));
        foreach (var outcome in outcomes.Where(outcome => outcome.Ending is not Ending.Kept)) Say(new ReportText(style).Of(outcome));
        if (outcomes.Count(outcome => outcome.Ending is Ending.Kept) is > 0 and var kept) Say(style.Faint($"  = {kept} as wished"));
        Ci.Close();
        lock (gate) open.Clear();
    }

    public override void Tell(Deployment deployment, Report report, Plan? again)
    {
        Live?.End();
        Ci.Close();
        Ci.Annotate(report.Problems(), deployment.Manifest);
        Ci.Reported(deployment.Needed().Name, report, isSteady: again is null or { IsEmpty: true });
        Say("");
        if (again is { IsEmpty: false })
        {
            Say(style.Bad($"Not as wished: {deployment.Needed().Name} was made as planned, and what is listed above differs again. Something else changes it too: a policy, another pipeline, a person."));
            return;
        }

        Say(new ReportText(style).Of(deployment.Needed().Name, report).TrimEnd());
        if (again is not null) Say("Looked again: nothing differs.");
    }

    public override void Tell(IReadOnlyList<Problem> problems)
    {
        Live?.End();
        Ci.Close();
        Ci.Annotate(problems, manifest: null);
        Ci.Failed(problems);
        foreach (var problem in problems) Say(new ProblemText(style).Of(problem).TrimEnd());
    }

    public override void Tell(Deployment deployment, IReadOnlyList<ProofResult> proofs)
    {
        Ci.Annotate(proofs.SelectMany(proof => proof.Problems), deployment.Manifest);
        Ci.Proven(deployment.Needed().Name, proofs);
        Say(new ProofsText(style).Of(deployment.Needed().Name, proofs));
    }

    private static IEnumerable<Problem> RefusedIn(Plan plan) => plan.Refused.Select(change => change.Problem).OfType<Problem>();

    private string? LineFor(Happening value) => value switch
    {
        LookStarted look => style.Faint($"Looking at {look.Resources} resources …"),
        LookEnded look => style.Faint($"Looked at everything in {Duration.Text(look.Took)}."),
        Waiting wait when Live is null && wait.Since > Quiet && IsOpen(wait.Id) && IsTime() => style.Faint($"  … {wait.Id}: waiting until {wait.For}, {Duration.Text(wait.Since)} so far"),
        _ => null,
    };

    /// <summary>Counts what the rollout is done with, whichever task it belongs to.</summary>
    private void Count(Happening value)
    {
        if (value is LookStarted) Ci.Close();
        if (value is LookEnded look) progress = (0, look.Plan.Changes.Count());
        if (value is not ChangeEnded) return;

        progress.Done++;
        Ci.Progress(Math.Min(progress.Done, progress.All), progress.All);
    }

    private bool IsOpen(ResourceId id)
    {
        lock (gate) return open.Contains(id);
    }

    private bool IsTime()
    {
        lock (gate)
        {
            var due = lastWait == long.MinValue || clock.GetElapsedTime(lastWait) > Quiet;
            if (due) lastWait = clock.GetTimestamp();
            return due;
        }
    }
}
