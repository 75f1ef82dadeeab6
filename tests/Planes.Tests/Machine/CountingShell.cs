using System.Collections.Concurrent;

namespace DssPipeline.Planes.Tests;

/// <summary>A real shell whose letters are counted and kept.</summary>
internal sealed class CountingShell(Shell inner) : Shell
{
    private readonly ConcurrentQueue<string> letters = [];

    public IReadOnlyList<string> Letters => [.. letters];

    /// <summary>Called before each trip.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    public override Task<bool> IsThereAsync(CancellationToken cancel) => inner.IsThereAsync(cancel);

    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        letters.Enqueue(letter);
        await Before(letters.Count);
        return await inner.RunAsync(script, letter, heard, cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
