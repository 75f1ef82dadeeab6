using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells the errors of registries: in their own words, or in those of Azure where the way there is the trouble.</summary>
internal static class RegistryProblems
{
    private static readonly KnownProblems Known = KnownProblems.Of("Registry");

    public static Cure? CureOf(RemoteError error) => Known.Find(error)?.Wait;

    public static ProblemException Tell(RemoteError error, RegistryRequest about, Redactor redactor)
    {
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase) { ["name"] = about.Registry, ["repository"] = about.Repository };
        var whole = error with { Facts = facts };
        if (Known.Find(whole) is null) return ArmProblems.Tell(whole, about.Subject, redactor);

        var told = Known.Tell(whole, about.Subject);
        return new(told with { Detail = redactor.Clean(told.Detail), Command = told.Command is { } command ? redactor.Clean(command) : null });
    }
}
