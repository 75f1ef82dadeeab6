using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Lets an account into a registry for as long as something is pushed, by a token of this run, and leaves its settings of docker as they were, however that ends.</summary>
public sealed class RegistryVisit(RegistryLogin login)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMinutes(2);

    public async Task DuringAsync(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await login.SignInAsync(cancel);
            await work();
        }
        catch (Exception failure)
        {
            if (await LeaveAsync() is not { } left) throw;
            if (failure is OperationCanceledException && cancel.IsCancellationRequested) throw new LeftBehindException(left, failure);

            throw new ProblemException([.. Told(failure), left], failure);
        }

        if (await LeaveAsync() is { } stays) throw new ProblemException(stays);
    }

    /// <summary>Also a run that was ended says farewell, in a time of its own.</summary>
    /// <returns>What went wrong in leaving; null when nothing did.</returns>
    private async Task<Problem?> LeaveAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await login.SignOutAsync(patience.Token);
            return null;
        }
        catch (Exception failure)
        {
            return new(
                "Sign-in stays on the machine",
                $"{login.Account} is still signed in to {login.Host}, because the machine could not take that back: {string.Join(' ', Told(failure).Select(problem => problem.Detail))} The next run does it: run again.");
        }
    }

    private static IReadOnlyList<Problem> Told(Exception failure) =>
        failure is ProblemException told ? told.Problems : [new("Unexpected failure", $"{failure.GetType().Name}: {failure.Message}")];
}
