using System.Collections.Concurrent;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Each example, deployed once and shared by the tests that leave it as they find it.</summary>
public sealed class Deployed : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Rehearsed>>> examples = new(StringComparer.Ordinal);

    public Task<Rehearsed> OfAsync(string example) => examples.GetOrAdd(example, name => new(() => DeployAsync(name))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var example in examples.Values) await (await example.Value).DisposeAsync();
    }

    private static async Task<Rehearsed> DeployAsync(string example)
    {
        var rehearsed = await Rehearsed.OpenAsync(example);
        var failures = Rehearsed.Failures(await rehearsed.DeployAsync());
        Assert.True(failures is "", failures);
        return rehearsed;
    }
}
