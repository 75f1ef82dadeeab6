using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>A resource of which only the name and the wish matter.</summary>
internal sealed class Wished(string id, JsonObject? wish = null) : Resource(IdOf(id))
{
    public override JsonNode? Desired { get; } = wish ?? [];

    public static Change Create(string id, JsonObject? wish = null) => new(new Wished(id, wish), Verb.Create, wish ?? [], null, []);

    public static Change Update(string id, string path, string before, string after) => new(new Wished(id), Verb.Update, new JsonObject(), new JsonObject(), [new(path, before, after)]);

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => Task.FromResult<JsonNode?>(null);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => Task.CompletedTask;

    private static ResourceId IdOf(string text)
    {
        Assert.True(ResourceId.TryParse(text, out var id));
        return id;
    }
}
