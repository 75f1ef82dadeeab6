namespace DssPipeline.Convergence;

/// <summary>Carries one or more problems up to where they are told. Its text is theirs and never holds a secret.</summary>
public sealed class ProblemException(IReadOnlyList<Problem> problems, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, problems), cause)
{
    public ProblemException(Problem problem, Exception? cause = null)
        : this([problem], cause)
    {
    }

    public IReadOnlyList<Problem> Problems { get; } = problems;
}
