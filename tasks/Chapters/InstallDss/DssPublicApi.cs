using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS as everything inside it sees it: it answers this deployment's key. All DSS objects live in it.</summary>
public sealed class DssPublicApi(Dss dss) : Resource(dss.Host)
{
    /// <summary>The key, without which nobody is answered.</summary>
    public override ResourceId? LivesIn => Names.DssKey;

    public required IReadOnlyList<ResourceId> StandsOn { get; init; }

    public override IReadOnlyList<ResourceId> After => StandsOn;

    public override TimeSpan? Patience => TimeSpan.FromMinutes(5);

    public override JsonNode Desired => Json.Of(new { answers = "yes" });

    /// <summary>A DSS that is down is absent with all that is in it: the machine's part of the run starts it.</summary>
    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await dss.LookAsync(cancel) is { } info ? Json.Of(new { answers = "yes", version = info["dssVersion"]?.ToString(), node = info["nodeType"]?.ToString() }) : null;

    /// <summary>There is nothing to make: the machine's part has started it. What is in the way is told here.</summary>
    public override async Task ApplyAsync(Change change, CancellationToken cancel) => await dss.VersionAsync(cancel);
}
