using System.Text.Json;
using System.Text.Json.Serialization;

namespace DssPipeline.Sandbox;

/// <summary>Reads the request log of a state folder, also while a sandbox writes it.</summary>
public static class RequestLog
{
    public const string FileName = "requests.jsonl";

    internal static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IReadOnlyList<LoggedRequest> Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return [];

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();

        // A line without its end is still being written.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>Requests that ask Azure to change something: PUT, PATCH, DELETE.</summary>
    public static IReadOnlyList<LoggedRequest> Writes(IEnumerable<LoggedRequest> requests) =>
        [.. requests.Where(request => request.Method is "PUT" or "PATCH" or "DELETE")];

    /// <summary>The greatest number of requests that were under way at one time.</summary>
    public static int Width(IEnumerable<LoggedRequest> requests)
    {
        var turns = requests.SelectMany(request => new[] { (At: request.Start, Step: 1), (At: request.End, Step: -1) });
        var (now, most) = (0, 0);
        foreach (var (_, step) in turns.OrderBy(turn => turn.At).ThenBy(turn => turn.Step))
        {
            now += step;
            most = Math.Max(most, now);
        }

        return most;
    }

    private static LoggedRequest Parse(string line) => JsonSerializer.Deserialize<LoggedRequest>(line, Form)!;
}
