using System.Diagnostics;

namespace DssPipeline.Planes;

/// <summary>A connection that a program holds: what is written goes to its standard input, what is read comes from its standard output.</summary>
internal sealed class ProcessStream : Stream
{
    private readonly Process process;
    private readonly Task<string> errors;
    private int isDisposed;

    public ProcessStream(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => process.StandardInput.BaseStream.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => process.StandardInput.BaseStream.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="ChannelException">The program ended because the connection did not come about, or broke.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.Length == 0) return read;

        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? 0 : throw new ChannelException((await errors).Trim());
    }

    public override void Write(byte[] buffer, int offset, int count) => process.StandardInput.BaseStream.Write(buffer, offset, count);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => process.StandardInput.BaseStream.WriteAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            ProcessShell.End(process);
            process.Dispose();
        }

        base.Dispose(disposing);
    }
}
