using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A job that said no, on its way to whoever decides between waiting and telling.</summary>
internal sealed class JobFailure(Problem problem, Cure? cure) : Exception(problem.Summary)
{
    public Problem Problem { get; } = problem;

    public Cure? Cure { get; } = cure;
}
