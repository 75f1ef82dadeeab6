using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Lets the account of DSS into a registry for as long as something is pushed, by a token of this run, and leaves its settings of docker as they were.</summary>
public sealed class RegistryVisit(Machine machine, ImageRegistry registry, string host, string account)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMinutes(2);

    private readonly RegistryLogin login = new(machine, registry, host, account);

    public async Task DuringAsync(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await machine.MakeAsync(login, new(login, Verb.Create, login.Desired, null, []), cancel);
            await work();
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(Farewell);
            await LeaveAsync(patience.Token);
            throw;
        }
        catch (ProblemException failure)
        {
            throw new ProblemException([.. failure.Problems, .. await LeavingAsync(cancel)], failure);
        }

        await LeaveAsync(cancel);
    }

    private async Task LeaveAsync(CancellationToken cancel) => await machine.MakeAsync(login, new(login, Verb.Delete, null, null, []), cancel);

    /// <summary>What went wrong in leaving, beside what went wrong before.</summary>
    private async Task<IReadOnlyList<Problem>> LeavingAsync(CancellationToken cancel)
    {
        try
        {
            await LeaveAsync(cancel);
            return [];
        }
        catch (ProblemException failure)
        {
            return failure.Problems;
        }
    }
}
