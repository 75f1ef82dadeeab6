using System.Text;

namespace DssPipeline.Chapters.Tests;

/// <summary>The connections of a client that is killed: the last request still arrives, its answer and everything later do not.</summary>
internal sealed class DyingStream(Stream inner, DyingStream.Life life) : CarriedStream(inner)
{
    public static Func<CancellationToken, ValueTask<Stream>> After(int requests, Func<CancellationToken, ValueTask<Stream>> connect)
    {
        var life = new Life(requests);
        return async cancel => new DyingStream(await connect(cancel), life);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        life.Begin(Encoding.ASCII.GetString(buffer.Span).Contains(" HTTP/1.1\r\n", StringComparison.Ordinal));
        await Inner.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken);
        // The server has answered, so the request was heard to its end.
        life.Answer();
        return read;
    }

    /// <summary>How many requests are left.</summary>
    internal sealed class Life(int requests)
    {
        private int begun;

        public void Begin(bool isRequest)
        {
            if (Volatile.Read(ref begun) >= requests && isRequest) throw new IOException("killed");
            if (isRequest) Interlocked.Increment(ref begun);
        }

        public void Answer()
        {
            if (Volatile.Read(ref begun) >= requests) throw new IOException("killed");
        }
    }
}
