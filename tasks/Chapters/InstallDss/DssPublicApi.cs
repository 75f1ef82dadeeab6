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

    /// <summary>What of the run may still bring DSS to the wished version; null for nothing.</summary>
    public Resource? Installation { get; init; }

    public override JsonNode Desired => Json.Of(new { answers = "yes", settings = Places(dss.Wished) });

    /// <summary>A DSS that is down is absent with all that is in it: the machine's part of the run starts it.</summary>
    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if (await dss.LookAsync(cancel) is not { } info) return null;

        var version = info["dssVersion"]?.ToString();
        var isOther = RefusalOf(version) is not null;
        return Json.Of(new
        {
            answers = "yes",
            settings = isOther ? $"as DSS {version} keeps them" : Places(dss.Wished),
            version,
            node = info["nodeType"]?.ToString(),
            installed = isOther && Installation is not null ? (await Installation.ObserveAsync(cancel))?["version"]?.ToString() : null,
        });
    }

    /// <summary>Nothing is written to a DSS whose settings are elsewhere, unless the same run upgrades it before.</summary>
    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        RefusalOf(observed?["version"]?.ToString()) is { } refusal && !IsUpgraded(observed!) ? refusal : null;

    /// <summary>There is nothing to make: the machine's part has started it. What is in the way is told here.</summary>
    public override async Task ApplyAsync(Change change, CancellationToken cancel) => await dss.VersionAsync(cancel);

    private static string Places(DssVersion? version) => version is null ? "anywhere" : $"as DSS {version} keeps them";

    private Problem? RefusalOf(string? version) => DssVersion.Parse(version) is { } found ? dss.RefusalOf(found) : null;

    /// <summary>What is installed is lower than what is wished, so its own part upgrades it.</summary>
    private bool IsUpgraded(JsonNode observed) => DssVersion.Parse(observed["installed"]?.ToString()) is { } installed && dss.Wished is { } wished && installed.IsBefore(wished);
}
