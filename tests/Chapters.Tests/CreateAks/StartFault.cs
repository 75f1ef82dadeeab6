using System.Text;

namespace DssPipeline.Chapters.Tests;

/// <summary>Something that happens to a client a moment after it asked for the start of a cluster, whichever of its connections that took.</summary>
internal sealed class StartFault(StartFault.Kind kind, TimeSpan after)
{
    private const string Page = "<html><head><title>502 Bad Gateway</title></head></html>";

    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>Ends when the start was asked for and the moment is over.</summary>
    public async Task HappenedAsync()
    {
        await asked.Task;
        await Task.Delay(after);
    }

    public Func<CancellationToken, ValueTask<Stream>> Over(Func<CancellationToken, ValueTask<Stream>> connect) => async cancel =>
    {
        if (dead.Task.IsCompleted) throw new IOException("killed");
        return new Way(await connect(cancel), this);
    };

    private async Task DieAsync()
    {
        await HappenedAsync();
        dead.SetResult();
    }

    private sealed class Way(Stream inner, StartFault fault) : CarriedStream(inner)
    {
        private bool isStart;

        private Kind What => fault.What;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (fault.dead.Task.IsCompleted) throw new IOException("killed");
            await Inner.WriteAsync(buffer, cancellationToken);
            if (!Encoding.ASCII.GetString(buffer.Span).Contains("/actions/start HTTP/1.1", StringComparison.Ordinal) || !fault.asked.TrySetResult()) return;

            isStart = true;
            if (What is Kind.Killed) _ = fault.DieAsync();
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
            if (await Task.WhenAny(reading, fault.HappenedAsync()) == reading) return await reading;

            isStart = false;
            Inner.Dispose();
            if (What is Kind.Cut) throw new IOException("cut");

            return Encoding.ASCII.GetBytes($"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}", buffer.Span);
        }
    }

    private Kind What => kind;
}
