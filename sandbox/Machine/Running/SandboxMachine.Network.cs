using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>The way in from the host and the way out to the sandbox.</summary>
internal sealed partial class SandboxMachine
{
    private const int Ssh = 22;

    private MachineEndpoint Describe()
    {
        var ssh = Incoming(Ssh).Address;
        return new()
        {
            Name = Name,
            SshHost = ssh.Address.ToString(),
            SshPort = ssh.Port,
            Administrator = _wish.Administrator,
            IdentityFile = _folder.IdentityFile,
            HostKey = _folder.HostKey,
            Open = port => Incoming(port).Address,
        };
    }

    /// <summary>A port of the host that leads to a port of the machine, whether or not it is up.</summary>
    private Relay Incoming(int port)
    {
        lock (_relays)
        {
            if (_relays.TryGetValue(port, out var known)) return known;
            return _relays[port] = new Relay(Tcp(), new IPEndPoint(IPAddress.Loopback, 0), cancel => EnterAsync(port, cancel), port == Ssh ? Events.CarrySshAsync : null);
        }
    }

    private async Task<Socket?> EnterAsync(int port, CancellationToken cancel)
    {
        if (await UpAsync(cancel) is not { } process) return null;
        if (port == Ssh && !Events.AdmitsSsh) return null;
        return await ConnectAsync(process.Network.Open(), port, cancel);
    }

    /// <summary>Ports in the machine that lead to ports of the sandbox, and what tells it where names lead.</summary>
    private IEnumerable<IAsyncDisposable> Outgoing(MachineProcess process)
    {
        yield return new NameServer(process.Network.OpenForPackets(), new IPEndPoint(Internet.NameServer, 53), _surroundings.FindName);
        foreach (var way in _surroundings.WaysOut())
        {
            yield return new Relay(process.Network.Open(), new IPEndPoint(way.Address, way.Port), cancel => ConnectAsync(FromHere(), way.Target, cancel));
        }
    }

    private Socket FromHere()
    {
        var socket = Tcp();
        socket.Bind(new IPEndPoint(Source, 0));
        return socket;
    }

    private static async Task<Socket?> ConnectAsync(Socket socket, int port, CancellationToken cancel)
    {
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
