namespace DssPipeline.Convergence;

/// <summary>Calls to the remotes: so many at a time, and those that take long are told.</summary>
internal sealed class Turns(int width, TimeSpan pulse, TimeProvider clock, IProgress<Happening> audience)
{
    private readonly SemaphoreSlim free = new(width);

    /// <param name="until">What is waited for while the call lasts, in the words of <see cref="Waiting.For"/>.</param>
    public async Task<T> TakeAsync<T>(ResourceId id, string until, Func<Task<T>> call, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        try
        {
            var since = clock.GetTimestamp();
            await using var timer = clock.CreateTimer(_ => audience.Report(new Waiting(id, until, clock.GetElapsedTime(since))), state: null, pulse, pulse);
            return await call();
        }
        finally
        {
            free.Release();
        }
    }

    public Task TakeAsync(ResourceId id, string until, Func<Task> call, CancellationToken cancel) =>
        TakeAsync<object?>(id, until, async () => { await call(); return null; }, cancel);
}
