using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace DssPipeline.Sandbox;

/// <summary>The network of a machine, in which the sandbox opens sockets without leaving its own.</summary>
internal sealed class NetworkNamespace(int process) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle($"/proc/{process}/ns/net");

    public Socket Open() => Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    /// <summary>One for single packets.</summary>
    public Socket OpenForPackets() => Open(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));

    /// <summary>A socket belongs for good to the network in which it was made; a thread of its own goes there and ends there.</summary>
    private Socket Open(Func<Socket> make)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(Make) { Name = "network of a machine" };
        thread.Start();
        thread.Join();
        return socket ?? throw new IOException("No socket could be opened in the machine's network.", failure);

        void Make()
        {
            try
            {
                if (Native.EnterNamespace(_file, Native.NewNetwork) != 0) throw new IOException(Native.LastError);
                socket = make();
            }
            catch (Exception problem) when (problem is IOException or SocketException)
            {
                failure = problem;
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
