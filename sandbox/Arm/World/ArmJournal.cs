using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A file of changes, one line per request: a line is written whole or, when the process dies, ignored as if the request had never come.</summary>
internal sealed class ArmJournal : IDisposable
{
    private readonly string path;
    private FileStream file;

    public ArmJournal(string path)
    {
        this.path = path;
        file = Open(path);
    }

    /// <summary>The changes of every whole line, oldest first; what a dying process left behind them is cut off.</summary>
    public IEnumerable<JsonArray> Read()
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);

        var start = 0;
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            yield return JsonNode.Parse(bytes.AsSpan(start, end - start))!.AsArray();
            start = end + 1;
        }

        file.SetLength(start);
        file.Position = start;
    }

    public void Append(JsonArray changes)
    {
        file.Write(Line(changes));
        file.Flush();
    }

    /// <summary>Replaces all lines by fewer that say the same.</summary>
    public void Rewrite(IEnumerable<JsonArray> lines)
    {
        var fresh = path + ".new";
        using (var stream = File.Create(fresh))
        {
            foreach (var line in lines) stream.Write(Line(line));
        }

        file.Dispose();
        File.Move(fresh, path, overwrite: true);
        file = Open(path);
        file.Position = file.Length;
    }

    public void Dispose() => file.Dispose();

    private static byte[] Line(JsonArray changes) => Encoding.UTF8.GetBytes(changes.ToJsonString(Compact) + "\n");

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new InvalidOperationException($"Another sandbox uses {path}. Stop it, or choose another folder.", problem);
        }
    }
}
