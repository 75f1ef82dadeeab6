using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace DssPipeline.Sandbox;

/// <summary>Plain HTTP on a port of HTTPS is led to HTTPS, as the nginx of DSS does.</summary>
internal static class PlainHttp
{
    private const byte Handshake = 0x16;

    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        var read = await input.ReadAsync();
        var plain = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] != Handshake;
        if (!plain)
        {
            input.AdvanceTo(read.Buffer.Start);
            await next(connection);
            return;
        }

        var head = Encoding.ASCII.GetString(read.Buffer.ToArray()).Split("\r\n");
        input.AdvanceTo(read.Buffer.End);
        var path = head[0].Split(' ') is [_, var target, ..] ? target : "/";
        var host = head.FirstOrDefault(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))?[5..].Trim();
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 302 Moved Temporarily\r\nLocation: https://{host}{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
