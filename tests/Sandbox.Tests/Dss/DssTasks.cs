using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Long tasks of DSS, followed to their end.</summary>
internal static class DssTasks
{
    /// <summary>The result of a task that was started.</summary>
    public static async Task<JsonNode> EndAsync(TestDss dss, JsonNode started)
    {
        var state = started;
        for (var look = 0; look < 2000 && !(bool)state["hasResult"]!; look++) state = await dss.MustAsync("GET", $"futures/{(string)started["jobId"]!}?peek=False");
        return state["result"]!;
    }
}
