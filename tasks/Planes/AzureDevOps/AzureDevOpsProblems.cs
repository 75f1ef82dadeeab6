using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells the errors of Azure DevOps: in the words of a known row, or in those of Azure where the way there is the trouble.</summary>
internal static class AzureDevOpsProblems
{
    private static readonly KnownProblems Known = KnownProblems.Of("AzureDevOps");

    public static ProblemException Tell(RemoteError error, string subject, Redactor redactor)
    {
        if (Known.Find(error) is null) return ArmProblems.Tell(error, subject, redactor);

        var told = Known.Tell(error, subject);
        return new(told with { Detail = redactor.Clean(told.Detail) });
    }
}
