using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Which version of DSS it is, as far as its API depends on it.</summary>
public sealed partial class Dss
{
    private volatile DssVersion? version;

    /// <summary>The version of the instance. Asked once; an upgrade in between is noticed by the header of any answer.</summary>
    /// <exception cref="ProblemException">It is older than what is spoken to, or newer than what is known, and the options do not say to try it all the same.</exception>
    public async Task<DssVersion> VersionAsync(CancellationToken cancel) => Accepted(version ?? await AskVersionAsync(cancel));

    /// <summary>Asks what the instance is, whatever was seen before; null when it is not up, or there is no key to ask it with.</summary>
    public async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        LookAnew();
        if (await options.Key(cancel) is null) return null;

        var request = DssRequest.Get("instance-info") with { Persistence = DssPersistence.Probing };
        var answer = await SendAsync(request, cancel);
        if (answer.Status is 502 or 503 || (answer.Failure is { } way && problems.MeansDown(way))) return null;

        return answer.Failure is { } failure ? throw problems.OfWay(failure, request) : Read(answer, request);
    }

    private async Task<DssVersion> AskVersionAsync(CancellationToken cancel)
    {
        var info = await GetAsync("instance-info", cancel);
        return version = DssVersion.Parse(info?["dssVersion"]?.ToString()) ?? throw problems.Tell(new RemoteError(0, "NoVersion", "instance-info names no version"), "DSS");
    }

    private DssVersion Accepted(DssVersion found) => found.IsKnown || options.AnyVersion
        ? found
        : throw problems.Tell(new RemoteError(0, found.Major < DssVersion.Oldest ? "VersionTooOld" : "VersionTooNew", $"{found}"), "DSS");

    private void Hear(DssAnswer answer)
    {
        if (DssVersion.Parse(answer.Version) is { } told && version is { } known && told != known) version = told;
    }
}
