using System.Security.Authentication;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The connections to DSS: to where it is wished, and before it is brought there to where it is still served.</summary>
internal sealed class DssLine(DssOptions options) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<DssEnd> all = [];
    private DssEnd? current;
    private volatile bool asked;

    public async Task<DssEnd> TakeAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return current ??= await OpenAsync(new(options.Address, null), cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Turns to the other end, when nobody or something else was found at this one.</summary>
    /// <returns>False when there is no other, so that the failure counts.</returns>
    public async Task<bool> TurnAsync(DssEnd from, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (current != from) return true;

            var next = from == all[0] ? await ServedAsync(cancel) : all[0];
            if (next is null) return false;

            current = next;
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>From here on it may be served elsewhere.</summary>
    public void LookAnew() => asked = false;

    /// <summary>Whether it was nobody, or not DSS as it is wished, who was found.</summary>
    public static bool IsElsewhere(Exception failure, DssProblems problems) => problems.MeansDown(failure) || ConnectionError.Causes(failure).Any(cause => cause is AuthenticationException);

    /// <summary>A server that speaks https tells who asks by http to come again, or that it does not understand.</summary>
    public static bool IsElsewhere(DssAnswer answer, DssEnd end) =>
        end.Address.Scheme == Uri.UriSchemeHttp && (answer.Status is 301 or 302 or 307 or 308 || (answer.Status is 400 && answer.IsPage));

    public void Dispose()
    {
        foreach (var end in all) end.Client.Dispose();
        turn.Dispose();
    }

    /// <summary>Asked once in a walk; a machine that cannot be asked is told by what is inside it.</summary>
    private async Task<DssEnd?> ServedAsync(CancellationToken cancel)
    {
        if (asked || options.Served is not { } served) return null;

        asked = true;
        try
        {
            return await served(cancel) is { } place && (place.Pin is not null || place.Address != options.Address) ? await OpenAsync(place, cancel) : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private async Task<DssEnd> OpenAsync(DssPlace place, CancellationToken cancel)
    {
        var trust = place.Pin is null ? options.Trust : new DssTrust { Pin = place.Pin };
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            UseCookies = false,
            // Each connection may be a channel of one ssh connection.
            MaxConnectionsPerServer = 6,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = TimeSpan.FromSeconds(30),
            UseProxy = options.Connect is null && !place.Address.IsLoopback,
            SslOptions = await trust.OptionsAsync(cancel),
        };
        if (options.Connect is { } connect) sockets.ConnectCallback = (_, stop) => connect(place.Address.Port, stop);
        var end = new DssEnd(place.Address, new HttpClient(sockets) { Timeout = Timeout.InfiniteTimeSpan });
        all.Add(end);
        return end;
    }
}

/// <summary>An address that DSS is asked at, and its connections.</summary>
internal sealed record DssEnd(Uri Address, HttpClient Client)
{
    public Uri Of(string path) => new(new Uri($"{Address.AbsoluteUri.TrimEnd('/')}/public/api/"), path.TrimStart('/'));
}
