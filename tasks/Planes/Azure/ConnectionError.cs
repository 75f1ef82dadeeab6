using System.Net.Sockets;
using System.Security.Authentication;

namespace DssPipeline.Planes;

/// <summary>Names what kept a request from being answered at all.</summary>
internal static class ConnectionError
{
    public static RemoteError Of(Exception exception, Uri uri)
    {
        var code = Causes(exception).Select(Code).FirstOrDefault(code => code is not null) ?? "ConnectionLost";
        return new RemoteError(0, code, exception.GetBaseException().Message)
        {
            Facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["host"] = uri.Host, ["port"] = $"{uri.Port}" },
        };
    }

    public static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException) yield return cause;
    }

    private static string? Code(Exception cause) => cause switch
    {
        AuthenticationException => "CertificateNotTrusted",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "NameNotResolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "ProxyRefused",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "ConnectionRefused",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => "NameNotResolved",
        OperationCanceledException or TimeoutException => "NoAnswerInTime",
        _ => null,
    };
}
