namespace DssPipeline.Convergence;

/// <summary>The run was ended, and something stays that people should know of. It is a cancel all the same.</summary>
public sealed class LeftBehindException(Problem left, Exception cause) : OperationCanceledException($"{left}", cause)
{
    public Problem Left { get; } = left;
}
