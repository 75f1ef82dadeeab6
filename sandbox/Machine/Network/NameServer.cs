using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>Answers a machine that asks where a name leads, at the moment it asks.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int LargestQuestion = 512;

    private readonly Socket _socket;
    private readonly Func<string, IPAddress?> _find;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    public NameServer(Socket socket, IPEndPoint address, Func<string, IPAddress?> find)
    {
        (_socket, _find) = (socket, find);
        _socket.Bind(address);
        _work = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        await _work;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[LargestQuestion];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var asked = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                if (NameQuestion.Read(buffer.AsSpan(0, asked.ReceivedBytes)) is { } question) await _socket.SendToAsync(question.Answer(_find(question.Name)), asked.RemoteEndPoint, _end.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closed, or one who asked and is gone.
            }
        }
    }
}
