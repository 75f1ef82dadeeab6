using System.Diagnostics;
using System.Text.Json;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The last job of a fleet is green when every ring that is there is as wished, and at no other time.</summary>
public sealed class FleetSummaryTests
{
    [Theory]
    [InlineData(0, "success", "success", "success", "skipped")]
    [InlineData(1, "success", "success", "skipped", "skipped")]
    [InlineData(1, "success", "success", "failure", "skipped")]
    [InlineData(1, "success", "success", "cancelled", "skipped")]
    [InlineData(1, "failure", "skipped", "skipped", "skipped")]
    public async Task A_ring_that_is_there_has_to_end_well(int expected, string fleet, params string[] rings)
    {
        var needs = rings.Select((result, index) => KeyValuePair.Create($"ring-{index + 1}", (object)new { result, outputs = new { } })).ToDictionary(StringComparer.Ordinal);
        needs["fleet"] = new { result = fleet, outputs = new { fleet = """{"rings":[{"name":"1-first","github":{"include":[{"name":"one"}]}},{"name":"2-others","github":{"include":[{"name":"two"}]}}]}""" } };

        Assert.Equal(expected, await RunAsync(JsonSerializer.Serialize(needs)));
    }

    private static async Task<int> RunAsync(string results)
    {
        var start = new ProcessStartInfo("bash", [Repository.Full("pipelines/github/fleet.sh")]) { Environment = { ["RESULTS"] = results, ["GITHUB_STEP_SUMMARY"] = "/dev/null" } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
