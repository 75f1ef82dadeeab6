namespace DssPipeline.Planes;

/// <summary>A way to run a script as root on the machine and to hand it a letter. The script is static text; only the letter holds values.</summary>
public abstract class Shell
{
    /// <summary>Runs the script to its end.</summary>
    /// <param name="heard">Hears each line of standard error as it comes.</param>
    /// <exception cref="Convergence.ProblemException">The machine cannot be reached, or does not let us in.</exception>
    public abstract Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel);
}

/// <summary>How a script ended.</summary>
public sealed record ShellAnswer(int ExitCode, string Output);
