using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>The last bytes of a stream, which is all that Run Command keeps.</summary>
internal sealed class Tail
{
    public const int Length = 4096;

    private readonly Lock _gate = new();
    private byte[] _bytes = [];

    public string Text
    {
        get
        {
            lock (_gate) return Encoding.UTF8.GetString(_bytes);
        }
    }

    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer) is var read and > 0) Add(buffer.AsSpan(0, read));
    }

    private void Add(ReadOnlySpan<byte> more)
    {
        lock (_gate)
        {
            byte[] all = [.. _bytes, .. more];
            _bytes = all.Length <= Length ? all : all[^Length..];
        }
    }
}
