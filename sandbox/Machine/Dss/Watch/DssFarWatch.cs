using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>The watch of the sandbox around the machine, asked through a socket that it puts there; without one nobody watches.</summary>
internal sealed class DssFarWatch : DssWatch
{
    public const string File = "/run/dss-sandbox/watch.sock";

    public override async Task<IReadOnlyList<FaultRule>> MeetAsync(string method, string path, CancellationToken cancel) =>
        FaultScript.Parse(await AskAsync($"{method} {path}")).Rules;

    public override Task HearAsync(LoggedRequest request) => AskAsync(JsonSerializer.Serialize(request, RequestLog.Form));

    private static async Task<string> AskAsync(string line)
    {
        if (!System.IO.File.Exists(File)) return "";
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(File));
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            // The sandbox is going down, and the machine with it.
            return "";
        }
    }
}
