using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells the errors of GitHub: in the words of a known row, or in those of Azure where the way there is the trouble.</summary>
internal static class GitHubProblems
{
    private static readonly KnownProblems Known = KnownProblems.Of("GitHub");

    public static ProblemException Tell(RemoteError error, string subject, Redactor redactor)
    {
        if (Known.Find(error) is null) return ArmProblems.Tell(error, subject, redactor);

        var told = Known.Tell(error, subject);
        return new(told with { Detail = redactor.Clean(told.Detail) });
    }
}
