using System.Text;

namespace DssPipeline.Chapters.Tests;

/// <summary>Something that happens to a client that asked for the start of a cluster, when the plugin is about to send its n-th request for that to Azure.</summary>
internal sealed class StartFault(StartFault.Kind kind, int request)
{
    private const string Page = "<html><head><title>502 Bad Gateway</title></head></html>";

    private readonly TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isAsked;
    private int seen;

    /// <summary>How many requests the start has taken so far.</summary>
    public int Seen => seen;

    /// <summary>Ends when it has happened.</summary>
    public Task Happened => happened.Task;

    /// <summary>What happens.</summary>
    internal enum Kind
    {
        /// <summary>The client ends: nothing of it is heard any more.</summary>
        Killed,

        /// <summary>The connection of that request is cut.</summary>
        Cut,

        /// <summary>Something between answers in the place of DSS.</summary>
        Gateway,

        /// <summary>DSS ends and comes up again; the test does that.</summary>
        Restarted,
    }

    /// <summary>A request of the plugin is about to leave. One that a DSS was about to send which ends then never leaves.</summary>
    public async Task MeetAsync(CancellationToken ending)
    {
        if (!isAsked || Interlocked.Increment(ref seen) != request) return;

        if (kind is Kind.Killed) dead.SetResult();
        happened.SetResult();
        if (kind is Kind.Restarted) await Task.Delay(Timeout.InfiniteTimeSpan, ending);
    }

    public Func<CancellationToken, ValueTask<Stream>> Over(Func<CancellationToken, ValueTask<Stream>> connect) => async cancel =>
    {
        if (dead.Task.IsCompleted) throw new IOException("killed");
        return new Way(await connect(cancel), this);
    };

    private sealed class Way(Stream inner, StartFault fault) : CarriedStream(inner)
    {
        private bool isStart;

        private Kind What => fault.What;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (fault.dead.Task.IsCompleted) throw new IOException("killed");
            if (!fault.isAsked && Encoding.ASCII.GetString(buffer.Span).Contains("/actions/start HTTP/1.1", StringComparison.Ordinal)) isStart = fault.isAsked = true;
            await Inner.WriteAsync(buffer, cancellationToken);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (isStart && What is Kind.Cut or Kind.Gateway) return await ReadUntilAsync(buffer, cancellationToken);

            var reading = Inner.ReadAsync(buffer, cancellationToken).AsTask();
            return await Task.WhenAny(reading, fault.dead.Task) == reading ? await reading : throw new IOException("killed");
        }

        private async Task<int> ReadUntilAsync(Memory<byte> buffer, CancellationToken cancel)
        {
            var reading = Inner.ReadAsync(buffer, cancel).AsTask();
            if (await Task.WhenAny(reading, fault.Happened) == reading) return await reading;

            isStart = false;
            Inner.Dispose();
            if (What is Kind.Cut) throw new IOException("cut");

            return Encoding.ASCII.GetBytes($"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}", buffer.Span);
        }
    }

    private Kind What => kind;
}
