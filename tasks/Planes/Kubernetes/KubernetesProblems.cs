using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Puts what an API server says, and what the way to it says, into words for people.</summary>
internal sealed class KubernetesProblems(KubernetesOptions options)
{
    private const int Longest = 1500;

    private static readonly KnownProblems Known = KnownProblems.Of("Kubernetes");

    public static Cure? CureOf(RemoteError error) => Known.Find(error)?.Wait;

    public static bool IsKnown(RemoteError error) => Known.Find(error) is not null;

    public ProblemException Tell(RemoteError error, string subject) => new(Of(error, subject));

    public Problem Of(RemoteError error, string subject)
    {
        var clean = options.Redactor.Clean(error.Message);
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase) { ["cluster"] = options.Cluster };
        return Known.Tell(error with { Message = clean.Length <= Longest ? clean : $"{clean[..Longest]} …", Facts = facts }, subject);
    }
}
