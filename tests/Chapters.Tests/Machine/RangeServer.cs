using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DssPipeline.Chapters.Tests;

/// <summary>A small server of one file that knows ranges, and can cut, change and fail.</summary>
internal sealed class RangeServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public RangeServer()
    {
        listener.Start();
        _ = ServeAsync();
    }

    public byte[] Content { get; set; } = [];

    public string Tag { get; set; } = "\"one\"";

    /// <summary>Bytes after which an answer is cut, one answer after the other.</summary>
    public Queue<int> Cuts { get; } = [];

    public Queue<string> Failures { get; } = [];

    public List<string> Asked { get; } = [];

    public string Url => $"http://user:pass@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/kit.tgz?sig=secret";

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line) lines.Add(line);
        var from = From(lines);
        var isHead = lines[0].StartsWith("HEAD", StringComparison.Ordinal);
        lock (Asked) Asked.Add($"{lines[0].Split(' ')[0]} {from}");
        if (!isHead && Failures.TryDequeue(out var status))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            return;
        }

        var range = from > 0 ? $"206 Partial Content\r\nContent-Range: bytes {from}-{Content.Length - 1}/{Content.Length}" : "200 OK";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {range}\r\nETag: {Tag}\r\nContent-Length: {Content.Length - from}\r\nConnection: close\r\n\r\n"));
        if (!isHead) await stream.WriteAsync(Content.AsMemory(from, Cuts.TryDequeue(out var cut) ? cut : Content.Length - from));
    }

    private int From(List<string> lines)
    {
        var range = lines.Find(line => line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
        var condition = lines.Find(line => line.StartsWith("If-Range: ", StringComparison.OrdinalIgnoreCase));
        return range is null || (condition is not null && condition["If-Range: ".Length..] != Tag) ? 0 : int.Parse(range["Range: bytes=".Length..].TrimEnd('-'));
    }
}
