using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>What pods reach by name: the machines of the world, which share a network with the nodes.</summary>
/// <param name="place">Where a port of a machine answers; null when there is no such machine.</param>
internal sealed class PodNetwork(Func<string, int, IPEndPoint?> place)
{
    private const int Patience = 500_000;

    /// <summary>Null when somebody listens there; else what a program says who tries it.</summary>
    public string? Refusal(string host, int port)
    {
        if (place(host.Split('.')[0], port) is not { } address) return $"bad address '{host}'";

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address);
            // What stands before the machine takes every connection, and ends those behind which nobody listens.
            return socket.Poll(Patience, SelectMode.SelectRead) && socket.Available == 0 ? $"{host} ({address.Address}:{port}): Connection refused" : null;
        }
        catch (SocketException refused)
        {
            return $"{host}: {refused.Message}";
        }
    }
}
