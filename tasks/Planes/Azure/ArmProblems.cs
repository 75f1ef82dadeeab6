using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells the errors of ARM: in the words of a known row, or with code, message and correlation id.</summary>
internal static class ArmProblems
{
    private static readonly KnownProblems Known = KnownProblems.Of("Azure");

    public static bool IsBusy(ArmAnswer answer) => CureOf(ArmError.Of(answer)) is Cure.Busy;

    /// <summary>Absent is what answers 404, and every type of a provider that is not registered; but not everything in a subscription nobody knows.</summary>
    public static bool MeansAbsent(ArmAnswer answer) => ArmError.Of(answer).Code switch
    {
        "SubscriptionNotFound" => false,
        "MissingSubscriptionRegistration" or "SubscriptionNotRegistered" or "NoRegisteredProviderFound" => true,
        _ => answer.Status == 404,
    };

    public static Cure? CureOf(RemoteError error) => Known.Find(error)?.Wait;

    public static ProblemException Tell(RemoteError error, ArmAddress about, ArmOptions options)
    {
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase);
        facts.TryAdd("name", about.Name);
        facts.TryAdd("namespace", about.Type.Split('/')[0]);
        facts.TryAdd("subscription", about.Id.Split('/').ElementAtOrDefault(2) ?? "");
        facts.TryAdd("group", about.ResourceGroup?.Split('/')[^1] ?? "");
        return Tell(error with { Facts = facts, Correlation = error.Correlation ?? options.Correlation }, about.Id, options.Redactor);
    }

    public static ProblemException Tell(RemoteError error, string subject, Redactor redactor)
    {
        var told = Known.Tell(error, subject);
        return new(told with { Detail = redactor.Clean(told.Detail), Command = told.Command is { } command ? redactor.Clean(command) : null });
    }
}
