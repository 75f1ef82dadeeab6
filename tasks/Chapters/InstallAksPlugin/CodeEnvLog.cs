using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The newest log of a code environment, for the error when it could not be built.</summary>
internal sealed class CodeEnvLog(Dss dss, string? name)
{
    private const int Lines = 12;
    private const int Longest = 1500;

    /// <summary>Its last lines that say something; nothing when there is no log, or it cannot be had.</summary>
    public async Task<string> LastLinesAsync(CancellationToken cancel)
    {
        if (name is null) return "";

        try
        {
            return Last(await NewestAsync(name, cancel));
        }
        catch (ProblemException)
        {
            // What failed first is what is told.
            return "";
        }
    }

    private async Task<string?> NewestAsync(string env, CancellationToken cancel)
    {
        var logs = await dss.GetAsync(Dss.Path("admin", "code-envs", "PYTHON", env, "logs"), cancel);
        var names = (logs as JsonArray ?? logs?["logs"] as JsonArray ?? []).OfType<JsonNode>();
        var newest = names.OrderBy(log => log is JsonObject ? $"{log["lastModified"]}" : "", StringComparer.Ordinal).LastOrDefault();
        return newest is null ? null : await dss.TextAsync(Dss.Path("admin", "code-envs", "PYTHON", env, "logs", newest is JsonObject ? $"{newest["name"]}" : $"{newest}"), cancel);
    }

    private string Last(string? log)
    {
        var lines = (log ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(Lines);
        var text = string.Join(" / ", lines);
        return dss.Redactor.Clean(text.Length <= Longest ? text : $"… {text[^Longest..]}");
    }
}
