using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>Appends one JSON line per request; a line is on disk before its answer is sent.</summary>
internal sealed class RequestLogWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public RequestLogWriter(StateFolder folder)
    {
        File = folder.File(RequestLog.FileName);
        _file = new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    public string File { get; }

    public void Write(LoggedRequest request)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, RequestLog.Form), (byte)'\n'];
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();
}
