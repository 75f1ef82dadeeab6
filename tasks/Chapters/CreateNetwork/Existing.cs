using System.Diagnostics;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Something of others that the deployment stands on: it must be there, and it is never changed.</summary>
/// <param name="key">Where the manifest names it, as a JSON pointer.</param>
public sealed class Existing(Arm arm, Manifest manifest, AzureName name, string apiVersion, string key) : Resource(name.Id)
{
    /// <summary>Where it must be.</summary>
    public AzureName Name { get; } = name;

    public string ApiVersion { get; } = apiVersion;

    public override bool AskedAlongsideHost => true;

    public override JsonNode Desired => Json.Of(new { id = Name.Path });

    public override Comparison Comparison => Comparison.Plain with { Folded = ["/id"] };

    public override bool IsOurs(JsonNode observed) => false;

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await arm.ObserveAsync(new ArmAddress(Name.Path, ApiVersion), cancel) is { } observed ? SubnetRange.Single(observed) : null;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => new(
        "Not there",
        $"{key[1..].Replace('/', '.')} names {Name.Path}, and Azure knows nothing of that name there, or the run may not read it. What exists already is used as it is and never made: correct the name, or let its owner make it first.")
    {
        Place = manifest.Places.Of(key)?.ToString(),
    };

    public override Task ApplyAsync(Change change, CancellationToken cancel) => throw new UnreachableException($"{Id} belongs to others.");
}
