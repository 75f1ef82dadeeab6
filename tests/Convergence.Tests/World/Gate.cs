namespace DssPipeline.Convergence.Tests;

/// <summary>Opens when as many have arrived as it waits for: whoever passes it has overlapped with the others.</summary>
public sealed class Gate(int count)
{
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int arrived;

    public Task PassAsync()
    {
        if (Interlocked.Increment(ref arrived) >= count) open.TrySetResult();
        return open.Task;
    }
}
