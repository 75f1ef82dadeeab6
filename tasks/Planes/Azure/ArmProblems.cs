using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Tells the errors of ARM: in the words of a known row, or with code, message and correlation id.</summary>
internal static class ArmProblems
{
    private static readonly KnownProblems Known = KnownProblems.Of("Azure");

    public static bool IsBusy(ArmAnswer answer) => CureOf(ArmError.Of(answer)) is Cure.Busy;

    public static Cure? CureOf(RemoteError error) => Known.Find(error)?.Wait;

    public static ProblemException Tell(RemoteError error, string subject, Redactor redactor) =>
        new(Known.Tell(error with { Message = redactor.Clean(error.Message) }, subject));
}
