using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The newest log of a code environment, for the error when it could not be built.</summary>
/// <param name="name">What DSS calls the first environment of the plugin; after a failure it counts: <c>plugin_x_managed_1</c>.</param>
internal sealed class CodeEnvLog(Dss dss, string name)
{
    private const int Lines = 12;
    private const int Longest = 1500;
    private const int Names = 5;

    /// <summary>Its last lines that say something; nothing when there is no log, or it cannot be had.</summary>
    public async Task<string> LastLinesAsync(CancellationToken cancel)
    {
        try
        {
            return Last(await NewestAsync(cancel));
        }
        catch (ProblemException)
        {
            // What failed first is what is told.
            return "";
        }
    }

    // One that is half built is in no list, but its logs are there.
    private async Task<string?> NewestAsync(CancellationToken cancel)
    {
        string? newest = null;
        for (var count = 0; count < Names; count++)
        {
            if (await OfAsync(count is 0 ? name : $"{name}_{count}", cancel) is { } log) newest = log;
        }

        return newest;
    }

    private async Task<string?> OfAsync(string env, CancellationToken cancel)
    {
        var folder = Dss.Path("admin", "code-envs", "PYTHON", env, "logs");
        var logs = (await dss.GetAsync(folder, cancel) as JsonArray ?? []).OfType<JsonNode>();
        var last = logs.OrderBy(log => log is JsonObject ? $"{log["lastModified"]}" : "", StringComparer.Ordinal).LastOrDefault();
        return last is null ? null : await dss.TextAsync($"{folder}/{Dss.Path(last is JsonObject ? $"{last["name"]}" : $"{last}")}", cancel);
    }

    private string Last(string? log)
    {
        var lines = (log ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(Lines);
        var text = string.Join(" / ", lines);
        return dss.Redactor.Clean(text.Length <= Longest ? text : $"… {text[^Longest..]}");
    }
}
