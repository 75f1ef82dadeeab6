namespace DssPipeline.Planes;

/// <summary>A way to run a script as root on the machine and to hand it a letter. The script is static text; only the letter holds values.</summary>
public abstract class Shell : IAsyncDisposable
{
    /// <summary>Whether there is a machine at all to run anything on. One that is there and does not answer yet is waited for instead.</summary>
    public virtual Task<bool> IsThereAsync(CancellationToken cancel) => Task.FromResult(true);

    /// <summary>Runs the script to its end.</summary>
    /// <param name="heard">Hears each line of standard error as it comes.</param>
    /// <exception cref="Convergence.ProblemException">The machine cannot be reached, or does not let us in.</exception>
    /// <exception cref="ShellException">It cannot be reached now, or the connection broke.</exception>
    public abstract Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>How a script ended.</summary>
public sealed record ShellAnswer(int ExitCode, string Output);
