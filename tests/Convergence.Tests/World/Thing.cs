using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Convergence.Tests;

/// <summary>One thing of the world in memory.</summary>
public sealed class Thing(World world, string name, object? wish) : Resource(IdOf(name))
{
    public string? Host { get; init; }

    public bool Alongside { get; init; }

    public IReadOnlyList<string> Others { get; init; } = [];

    public string? OneAtATime { get; init; }

    public Comparison Bends { get; init; } = Comparison.Plain;

    /// <summary>What people notice while it is changed.</summary>
    public string? Notice { get; init; }

    public Func<Verb, Problem?> Objects { get; init; } = _ => null;

    public TimeSpan? Waits { get; init; }

    public bool Precious { get; init; }

    public bool Guards { get; init; }

    public bool Foreign { get; init; }

    /// <summary>What its remote makes of the wish; as it is when null.</summary>
    public Func<JsonNode?, JsonNode?>? Bent { get; init; }

    public override ResourceId? LivesIn => Host is null ? null : IdOf(Host);

    public override bool AskedAlongsideHost => Alongside;

    public override IReadOnlyList<ResourceId> After => [.. Others.Select(IdOf)];

    public override string? Lane => OneAtATime;

    public override TimeSpan? Patience => Waits;

    public override Comparison Comparison => Bends;

    public override string? Interruption(IReadOnlyList<Difference> differences) => Notice;

    public override JsonNode? Desired => wish is null ? null : Json.Of(wish);

    public override bool HoldsData => Precious;

    public override bool GuardsOthers => Guards;

    public static ResourceId IdOf(string name) => new("test", "thing", name);

    /// <summary>The wish to take the value that the remote gives to another thing at birth.</summary>
    public static JsonNode PrincipalOf(string name) => Reference.To(IdOf(name), "/principal");

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        var seen = await world.LookAsync(Id, cancel);
        return Bent is null ? seen : Bent(seen);
    }

    public override Task ApplyAsync(Change change, CancellationToken cancel) => world.MakeAsync(change, cancel);

    public override bool IsOurs(JsonNode observed) => !Foreign;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => Objects(verb);
}
