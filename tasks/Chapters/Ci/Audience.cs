using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Whoever a run is told to: a terminal, a CI system's log.</summary>
public abstract class Audience : IProgress<Happening>, IProgress<Wait>
{
    /// <summary>One line of plain speech.</summary>
    public abstract void Say(string line);

    /// <summary>The name of the task that is told from now on.</summary>
    public abstract void Head(string task);

    public abstract void Report(Happening value);

    /// <summary>A remote that a plane waits for.</summary>
    public abstract void Report(Wait value);

    /// <summary>The plan, before anything is done.</summary>
    public abstract void Tell(Deployment deployment, Plan plan);

    /// <summary>That some of the changes could not be made, in a run that only looks.</summary>
    public abstract void WarnOfRefused(Deployment deployment, Plan plan);

    /// <summary>That some of the changes may not be made, which ends the run.</summary>
    public abstract void TellRefused(Deployment deployment, Plan plan);

    /// <summary>That the plan is not the one that was approved, and what moved between the two.</summary>
    public abstract void TellUnapproved(string deployment, Approval approval, Plan found);

    /// <summary>What still or again differs after a run.</summary>
    public abstract void TellDifferences(Plan plan);

    /// <summary>The task whose part is told from now on.</summary>
    public abstract void Open(Part part, IReadOnlyList<Change> changes);

    /// <summary>What became of the task's part.</summary>
    public abstract void Close(Part part, IReadOnlyList<Outcome> outcomes);

    /// <summary>How the run ended; <paramref name="again"/> is what the last look found, when one was needed.</summary>
    public abstract void Tell(Deployment deployment, Report report, Plan? again);

    public abstract void Tell(IReadOnlyList<Problem> problems);

    /// <summary>What the proofs came to.</summary>
    public abstract void Tell(Deployment deployment, IReadOnlyList<ProofResult> proofs);
}
