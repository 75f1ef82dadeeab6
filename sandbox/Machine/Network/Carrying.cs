using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>Carries bytes between two sockets.</summary>
internal static class Carrying
{
    public static Task BothWaysAsync(Socket one, Socket other, CancellationToken cancel) =>
        Task.WhenAll(OneWayAsync(one, other, long.MaxValue, cancel), OneWayAsync(other, one, long.MaxValue, cancel));

    /// <summary>Carries so many bytes back to the one who called, then lets both connections break.</summary>
    public static async Task CutAsync(Socket client, Socket target, long after, CancellationToken cancel)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var there = OneWayAsync(client, target, long.MaxValue, cut.Token);
        await OneWayAsync(target, client, after, cut.Token);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        await cut.CancelAsync();
        await there.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static async Task OneWayAsync(Socket from, Socket to, long most, CancellationToken cancel)
    {
        var buffer = new byte[32 * 1024];
        while (most > 0)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), cancel);
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            most -= read;
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), cancel);
        }
    }
}
