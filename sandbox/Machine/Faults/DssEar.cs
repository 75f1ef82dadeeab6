using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>The end of the watch over a machine's DSS that is outside the machine: tells it which faults a request meets, and writes down how it ended.</summary>
internal sealed class DssEar : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Faults _faults;
    private readonly Action<LoggedRequest> _heard;
    private readonly Task _work;

    /// <summary>The socket is seen in the machine where its DSS looks for it; any user of the machine may speak to it.</summary>
    public DssEar(MachineProcess process, Faults faults, Action<LoggedRequest> heard)
    {
        (_faults, _heard) = (faults, heard);
        var file = process.PathOf(DssFarWatch.File);
        _socket.Bind(new UnixDomainSocketEndPoint(file));
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
        _socket.Listen();
        _work = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        await _work;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await _socket.AcceptAsync(_end.Token));
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closed, or a caller that was gone before it was heard.
            }
        }
    }

    private async Task AnswerAsync(Socket caller)
    {
        try
        {
            await using var stream = new NetworkStream(caller, ownsSocket: true);
            using var reader = new StreamReader(stream, leaveOpen: true);
            if (await reader.ReadLineAsync(_end.Token) is not { } line) return;
            if (line.StartsWith('{')) _heard(JsonSerializer.Deserialize<LoggedRequest>(line, RequestLog.Form)!);
            else if (line.Split(' ', 2) is [var method, var path]) await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', _faults.Meet(Endpoint.Dss, method, path, _ => true))), _end.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or SocketException or ObjectDisposedException or JsonException)
        {
            // Its DSS is gone, or what it said was none of its words.
        }
    }
}
