using System.Security.Authentication;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Puts what DSS says, and what the way to it says, into words for people.</summary>
internal sealed class DssProblems(DssOptions options)
{
    private static readonly KnownProblems Known = KnownProblems.Of("Dss");
    private static readonly KnownProblems OfMachine = KnownProblems.Of("Machine");

    public ProblemException Tell(DssAnswer answer, DssRequest request) => Tell(DssError.Of(answer), $"{request}");

    public ProblemException Tell(RemoteError error, string subject, Exception? cause = null) => new(Of(error, subject), cause);

    public Problem Of(RemoteError error, string subject)
    {
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase) { ["address"] = $"{options.Address}", ["type"] = error.Code.Length > 0 ? error.Code : $"HTTP {error.Status}" };
        return Clean(Known.Tell(error with { Facts = facts }, subject));
    }

    /// <summary>No answer came.</summary>
    public ProblemException OfWay(Exception failure, DssRequest request) => ErrorOf(failure) switch
    {
        { Code: ShellException.Unreachable or ShellException.Broken } error => new(Clean(OfMachine.Tell(error, options.Host.Name)), failure),
        var error => Tell(error, $"{request}", failure),
    };

    public ProblemException OfFuture(string code, FutureOptions future) => Tell(new RemoteError(0, code, future.What), future.Subject);

    /// <summary>A task that failed, in DSS's words unless somebody knows better ones for them.</summary>
    public ProblemException OfFuture(RemoteError error, FutureOptions future)
    {
        var said = Known.Find(error)?.Text is null ? error with { Code = "FutureFailed" } : error;
        return Tell(said with { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["what"] = future.What } }, future.Subject);
    }

    /// <summary>What kept a request from being answered.</summary>
    public RemoteError ErrorOf(Exception failure) =>
        ConnectionError.Causes(failure).OfType<ShellException>().FirstOrDefault() is { } way ? way.Error
        : ConnectionError.Causes(failure).Any(cause => cause is ChannelException { IsRefused: true }) ? new(0, "ConnectionRefused", failure.GetBaseException().Message)
        : ConnectionError.Of(failure, options.Address);

    /// <summary>Whether nobody listens where DSS is to be: it is not started, or just starting.</summary>
    public bool MeansDown(Exception failure) => ErrorOf(failure).Code is "ConnectionRefused";

    /// <summary>Whether it was the way that failed.</summary>
    public static bool IsWay(Exception failure) => failure is IOException or HttpRequestException or OperationCanceledException or TimeoutException or ShellException;

    /// <summary>Whether another attempt may be answered.</summary>
    public static bool IsConnection(Exception failure) => IsWay(failure) && !ConnectionError.Causes(failure).Any(cause => cause is AuthenticationException);

    private Problem Clean(Problem problem) => problem with { Detail = options.Redactor.Clean(problem.Detail) };
}
