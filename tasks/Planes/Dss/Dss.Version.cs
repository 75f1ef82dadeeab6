using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Which version of DSS it is, as far as its API depends on it.</summary>
public sealed partial class Dss
{
    private volatile DssVersion? version;
    private volatile Task<bool>? isUp;

    /// <summary>The version of the instance. Asked once; an upgrade in between is noticed by the header of any answer.</summary>
    /// <exception cref="ProblemException">Nothing can be written to it, see <see cref="RefusalOf"/>.</exception>
    public async Task<DssVersion> VersionAsync(CancellationToken cancel) => Accepted(version ?? await AskVersionAsync(cancel));

    /// <summary>Why nothing is written to a DSS of that version: it is older than what is spoken to, newer than what is known, or keeps its settings elsewhere than the wished one. Null when nothing is against it.</summary>
    public Problem? RefusalOf(DssVersion found) => this switch
    {
        _ when !found.IsKnown && !options.AnyVersion => problems.Of(new RemoteError(0, found.Major < DssVersion.Oldest ? "VersionTooOld" : "VersionTooNew", $"{found}"), "DSS"),
        _ when options.Wished is { } wished && wished.SplitsBuilds != found.SplitsBuilds => problems.Of(new RemoteError(0, "OtherPlaces", $"{found}") { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["wished"] = $"{wished}" } }, "DSS"),
        _ => null,
    };

    /// <summary>Before settings are written: they would be dropped, or land where nobody looks.</summary>
    internal Task RefuseOtherAsync(CancellationToken cancel) => options.Wished is null ? Task.CompletedTask : VersionAsync(cancel);

    /// <summary>Asks what the instance is, whatever was seen before; null when it is not up, or there is no key that it answers.</summary>
    public async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        LookAnew();
        return await ProbeAsync(cancel);
    }

    /// <summary>Whether it is up and there is a key to ask it with; asked once in a walk.</summary>
    public Task<bool> IsUpAsync(CancellationToken cancel)
    {
        var shared = isUp ??= AskIsUpAsync();
        return shared.WaitAsync(cancel);

        // One who gives up must not fail the others, so the shared question itself has no token.
        async Task<bool> AskIsUpAsync() => await ProbeAsync(CancellationToken.None) is not null;
    }

    private async Task<JsonNode?> ProbeAsync(CancellationToken cancel)
    {
        if (!await HasKeyAsync(cancel)) return null;

        var request = DssRequest.Get("instance-info") with { Persistence = DssPersistence.Probing };
        var answer = await SendAsync(request, cancel);
        // A key that was revoked and a licence that ran out are the business of the machine's part, which mends both.
        if (answer.Status is 401 or 403 or 502 or 503 || (answer.Failure is { } way && problems.MeansDown(way))) return null;

        return answer.Failure is { } failure ? throw problems.OfWay(failure, request) : Read(answer, request);
    }

    /// <summary>A vault that cannot be read is told by whoever keeps the key in it.</summary>
    private async Task<bool> HasKeyAsync(CancellationToken cancel)
    {
        try
        {
            return await options.Key(cancel) is not null;
        }
        catch (ProblemException)
        {
            return false;
        }
    }

    private async Task<DssVersion> AskVersionAsync(CancellationToken cancel)
    {
        var info = await GetAsync("instance-info", cancel);
        return version = DssVersion.Parse(info?["dssVersion"]?.ToString()) ?? throw problems.Tell(new RemoteError(0, "NoVersion", "instance-info names no version"), "DSS");
    }

    private DssVersion Accepted(DssVersion found) => RefusalOf(found) is { } refusal ? throw new ProblemException(refusal) : found;

    private void Hear(DssAnswer answer)
    {
        if (DssVersion.Parse(answer.Version) is { } told && version is { } known && told != known) version = told;
    }
}
