using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Looks in bulk: the first question about a kind in a scope asks for all of them at once, and everybody shares the answer.</summary>
internal sealed class Observations(
    Func<string, string, CancellationToken, Task<JsonNode?>> get,
    Func<string, string, CancellationToken, Task<IReadOnlyList<JsonNode>>> list)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, JsonNode>>>> lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> written = new(StringComparer.OrdinalIgnoreCase);

    public async Task<JsonNode?> ObserveAsync(ArmAddress address, CancellationToken cancel)
    {
        if (Listing.Of(address) is not { } listing || IsWritten(address.Id)) return await get(WithQuery(address), address.ApiVersion, cancel);

        return (await SharedAsync(listing, address.ApiVersion, cancel)).GetValueOrDefault(address.Id)?.DeepClone();
    }

    public async Task<IReadOnlyList<JsonNode>> ObserveBesideAsync(ArmAddress address, CancellationToken cancel) =>
        Listing.Of(address) is { } listing ? [.. (await SharedAsync(listing, address.ApiVersion, cancel)).Values.Select(item => item.DeepClone())] : [];

    /// <summary>What was written, and after a removal what was below it, is from now on asked for by itself.</summary>
    public void Written(string id, bool removed)
    {
        written.AddOrUpdate(id, removed, (_, before) => before || removed);
        foreach (var stale in lists.Keys.Where(key => key.StartsWith(id + "/", StringComparison.OrdinalIgnoreCase))) lists.TryRemove(stale, out _);
    }

    public void Forget()
    {
        lists.Clear();
        written.Clear();
    }

    // One caller's cancellation must not fail the others, so the shared list itself is asked without a token.
    private Task<IReadOnlyDictionary<string, JsonNode>> SharedAsync(string path, string apiVersion, CancellationToken cancel) =>
        lists.GetOrAdd($"{path}&{apiVersion}", _ => new(() => AskAsync(path, apiVersion))).Value.WaitAsync(cancel);

    private async Task<IReadOnlyDictionary<string, JsonNode>> AskAsync(string path, string apiVersion)
    {
        try
        {
            var found = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in await list(path, apiVersion, CancellationToken.None)) found[Pointer.At(item, "/id")?.ToString() ?? ""] = item;
            return found;
        }
        catch
        {
            // A failure is told to everybody who waits for it, and forgotten for everybody who comes later.
            lists.TryRemove($"{path}&{apiVersion}", out _);
            throw;
        }
    }

    private bool IsWritten(string id) =>
        written.ContainsKey(id) || written.Any(entry => entry.Value && id.StartsWith(entry.Key + "/", StringComparison.OrdinalIgnoreCase));

    private static string WithQuery(ArmAddress address) => address.Query is null ? address.Id : $"{address.Id}?{address.Query}";
}
