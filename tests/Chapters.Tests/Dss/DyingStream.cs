using System.Text;

namespace DssPipeline.Chapters.Tests;

/// <summary>The connections of a client that is killed: the last request still arrives, its answer and everything later do not.</summary>
internal sealed class DyingStream(Stream inner, DyingStream.Life life) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Func<CancellationToken, ValueTask<Stream>> After(int requests, Func<CancellationToken, ValueTask<Stream>> connect)
    {
        var life = new Life(requests);
        return async cancel => new DyingStream(await connect(cancel), life);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        life.Begin(Encoding.ASCII.GetString(buffer.Span).Contains(" HTTP/1.1\r\n", StringComparison.Ordinal));
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        // The server has answered, so the request was heard to its end.
        life.Answer();
        return read;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
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
