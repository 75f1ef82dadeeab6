using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>What the agent asks of the task, the task asks of the host.</summary>
public sealed class TaskCancelTests : IDisposable
{
    private readonly Agent agent = new();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_wish_to_stop_reaches_the_host_which_ends_in_its_own_time(string signal)
    {
        agent.Replace("dotnet", $"#!/bin/bash\ncat <> <(:) &\ntrap 'kill %1; echo the lock is released; exit 130' {signal}\necho ready\nwait %1\n");
        using var process = agent.Begin();
        await HearAsync(process.StandardOutput, "ready");

        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        var run = await Agent.EndAsync(process);
        run.Ends("Failed");
        Assert.Contains("the lock is released", run.Log, StringComparison.Ordinal);
        Assert.Contains("Cancelled", run.Message, StringComparison.Ordinal);
    }

    public void Dispose() => agent.Dispose();

    private static async Task HearAsync(StreamReader log, string word)
    {
        while (await log.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line == word) return;
        }
    }
}
