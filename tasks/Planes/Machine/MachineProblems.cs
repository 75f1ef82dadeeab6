using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Puts what the machine says, and what the way to it says, into words for people.</summary>
internal sealed class MachineProblems(MachineOptions options)
{
    private const int Longest = 1500;

    // What a kind says with "fail" is written for people already.
    private const int Told = 70;

    private static readonly KnownProblems Known = KnownProblems.Of("Machine");

    public static Cure? CureOf(RemoteError error) => Known.Find(error)?.Wait;

    public static bool IsKnown(RemoteError error) => Known.Find(error) is not null;

    /// <summary>The way to the machine failed, and waiting is in vain.</summary>
    public ProblemException OfWay(RemoteError error)
    {
        var said = error with { Message = Clean(error.Message) };
        return new(IsKnown(said) ? Known.Tell(said, options.Host.Name) : new Problem("Machine cannot be reached", $"{options.Host.Name}: {said.Message}"));
    }

    public ProblemException Garbled(ResourceId id, Exception cause) =>
        new(new Problem("Machine answered something else", $"{id}: the answer of the machine could not be read: {Clean(cause.Message)} Something between bash and the run writes into its output; look at the shell start-up files of root and of the administrator."), cause);

    public static ProblemException NotThere(ResourceId id) =>
        new(new Problem("Machine is not there", $"{id} is inside a machine that does not exist, does not run, or has no address yet. Run again once it does; the tasks before this one make it."));

    /// <summary>A job that said no.</summary>
    public JobFailure OfJob(Job job, int code, string text)
    {
        var said = Clean(text.Trim());
        if (code == Told) return new(new Problem("Machine says no", $"{job.Id}: {said}"), null);

        var error = new RemoteError(code, "JobFailed", said.Length > 0 ? said : $"It ended with exit code {code} and said nothing.");
        return new(IsKnown(error) ? Known.Tell(error, $"{job.Id}") : new Problem("Step failed on the machine", $"{job.Id}: {error.Message}"), CureOf(error));
    }

    private string Clean(string text)
    {
        var clean = options.Redactor.Clean(text);
        return clean.Length <= Longest ? clean : $"… {clean[^Longest..]}";
    }
}
