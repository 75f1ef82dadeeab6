using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Convergence.Tests;

/// <summary>A remote in memory: what is there, what was asked of it, and a chance to meddle with each call.</summary>
public sealed class World
{
    private readonly ConcurrentDictionary<ResourceId, JsonObject> there = [];
    private readonly ConcurrentQueue<string> calls = [];
    private readonly ConcurrentQueue<string> written = [];
    private int asked;
    private int inside;
    private int most;

    /// <summary>Called before every call is answered, with its number from 0.</summary>
    public Func<int, string, Task> Meddle { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after every write, when it can no longer be undone.</summary>
    public Func<Change, Task> Afterwards { get; set; } = _ => Task.CompletedTask;

    /// <summary>Everything asked, as <c>look NAME</c> and <c>make NAME</c>, in order.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>How many calls were open at the same time at most.</summary>
    public int MostAtOnce => most;

    /// <summary>Names in the order in which they were written.</summary>
    public IReadOnlyList<string> Written => [.. written];

    public IReadOnlyList<string> Names => [.. there.Keys.Select(id => id.Name).Order(StringComparer.Ordinal)];

    public JsonObject this[string name]
    {
        get => there[Thing.IdOf(name)];
        set => there[Thing.IdOf(name)] = value;
    }

    public void Remove(string name) => there.TryRemove(Thing.IdOf(name), out _);

    public int Count(string call) => calls.Count(made => made == call);

    public void Forget()
    {
        calls.Clear();
        written.Clear();
    }

    /// <summary>Lets everything else go first while that call is answered.</summary>
    public void Linger(string slow) => Meddle = async (_, call) =>
    {
        for (var turn = 0; turn < 200 && call == slow; turn++) await Task.Yield();
    };

    public async Task<JsonNode?> LookAsync(ResourceId id, CancellationToken cancel)
    {
        await EnterAsync($"look {id.Name}", cancel);
        Interlocked.Decrement(ref inside);
        return there.GetValueOrDefault(id)?.DeepClone();
    }

    /// <summary>Writes as a real plane does: what has begun is finished, even when the run is ended meanwhile.</summary>
    public async Task MakeAsync(Change change, CancellationToken cancel)
    {
        await EnterAsync($"make {change.Id.Name}", cancel);
        if (change.Verb is Verb.Delete or Verb.Replace) there.TryRemove(change.Id, out _);
        if (change.Desired is JsonObject wish) there.AddOrUpdate(change.Id, _ => Born(change.Id, wish), (_, old) => Laid(old, wish));
        Interlocked.Decrement(ref inside);
        written.Enqueue(change.Id.Name);
        await Afterwards(change);
    }

    private async Task EnterAsync(string call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        calls.Enqueue(call);
        var now = Interlocked.Increment(ref inside);
        for (var seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = most) continue;
        try
        {
            await Meddle(Interlocked.Increment(ref asked) - 1, call);
        }
        catch
        {
            Interlocked.Decrement(ref inside);
            throw;
        }
    }

    private static JsonObject Born(ResourceId id, JsonObject wish) => Laid(new JsonObject { ["principal"] = $"principal-of-{id.Name}" }, wish);

    private static JsonObject Laid(JsonObject old, JsonObject wish)
    {
        var members = old.Concat(wish).GroupBy(member => member.Key).Select(group => KeyValuePair.Create(group.Key, group.Last().Value?.DeepClone()));
        return new JsonObject(members);
    }
}
