using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>A listening socket whose connections are carried on to somewhere else, byte for byte.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<CancellationToken, Task<Socket?>> _connect;
    private readonly Func<Socket, Socket, CancellationToken, Task> _carry;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = [];
    private readonly Task _work;

    /// <summary>Where <paramref name="connect"/> gives no socket, the connection is closed at once.</summary>
    public Relay(Socket listener, IPEndPoint address, Func<CancellationToken, Task<Socket?>> connect, Func<Socket, Socket, CancellationToken, Task>? carry = null)
    {
        (_listener, _connect, _carry) = (listener, connect, carry ?? Carrying.BothWaysAsync);
        _listener.Bind(address);
        _listener.Listen(backlog: 512);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _work = AcceptAsync();
    }

    public IPEndPoint Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _work;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Keep(await _listener.AcceptAsync(_end.Token));
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closed, or one connection that was gone before it was accepted.
            }
        }
    }

    private void Keep(Socket client)
    {
        client.NoDelay = true;
        var work = ServeAsync(client);
        _connections[work] = true;
        _ = work.ContinueWith(done => _connections.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket client)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                using var target = await _connect(_end.Token);
                if (target is not null) await _carry(client, target, _end.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // Either end is gone: the other learns it from its own connection, which closes now.
            }
        }
    }
}
