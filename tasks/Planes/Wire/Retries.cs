using Polly;
using Polly.Retry;

namespace DssPipeline.Planes;

/// <summary>Sends a request until it is answered for good: bounded in attempts and time, with seeded jitter and the waits the remote asks for.</summary>
public sealed class Retries<T>
{
    private static readonly ResiliencePropertyKey<long> Started = new("started");
    private static readonly TimeSpan Unhinted = TimeSpan.FromSeconds(5);

    private readonly RetryOptions options;
    private readonly TimeProvider clock;
    private readonly Throttle throttle;
    private readonly Func<T?, Exception?, Verdict> judge;
    private readonly ResiliencePipeline<T> pipeline;

    public Retries(RetryOptions options, TimeProvider clock, Throttle throttle, Func<T?, Exception?, Verdict> judge)
    {
        (this.options, this.clock, this.throttle, this.judge) = (options, clock, throttle, judge);
        var jitter = new Jitter(options.Seed);
        pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<T>
        {
            MaxRetryAttempts = Math.Max(1, options.Attempts - 1),
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.First,
            MaxDelay = options.Longest,
            UseJitter = true,
            Randomizer = jitter.Next,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthIt(arguments.Outcome, arguments.AttemptNumber + 1, arguments.Context)),
            DelayGenerator = arguments => ValueTask.FromResult(Judge(arguments.Outcome).After),
        }).Build();
    }

    /// <summary>Runs <paramref name="send"/> as often as it takes. Cancelling ends the waiting between attempts; what is under way is up to <paramref name="send"/>.</summary>
    public async Task<T> SendAsync(Func<Task<T>> send, CancellationToken cancel)
    {
        var context = ResilienceContextPool.Shared.Get(cancel);
        context.Properties.Set(Started, clock.GetTimestamp());
        try
        {
            return await pipeline.ExecuteAsync(_ => AttemptAsync(send, cancel), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<T> AttemptAsync(Func<Task<T>> send, CancellationToken cancel)
    {
        await throttle.WaitAsync(cancel);
        return await send();
    }

    private bool IsWorthIt(Outcome<T> outcome, int attempts, ResilienceContext context)
    {
        if (context.CancellationToken.IsCancellationRequested) return false;

        var verdict = Judge(outcome);
        if (verdict.Throttled) throttle.Hold(verdict.After ?? Unhinted);
        if (!verdict.Again || attempts >= verdict.Attempts) return false;

        var passed = clock.GetElapsedTime(context.Properties.GetValue(Started, clock.GetTimestamp()));
        return passed + (verdict.After ?? TimeSpan.Zero) < options.Deadline;
    }

    private Verdict Judge(Outcome<T> outcome) => judge(outcome.Result, outcome.Exception);

    private sealed class Jitter(int seed)
    {
        private readonly Lock gate = new();
        private readonly Random random = new(seed);

        public double Next()
        {
            // Jitter spreads load; nothing is protected by it.
#pragma warning disable CA5394
            lock (gate) return random.NextDouble();
#pragma warning restore CA5394
        }
    }
}
