using System.Diagnostics;

namespace DssPipeline.Pipelines.Tests;

/// <summary>What the agent asks of the task, the task asks of the host.</summary>
public sealed class TaskCancelTests : IDisposable
{
    // A host that is asked to end and takes its time: until somebody lets it go. Asked twice, it dies.
    private const string Patient = """
        #!/bin/bash
        mkfifo go
        head -n1 <> go &> rest &
        waiting=$!
        asked=0
        trap '((asked++)) && { kill $waiting; exit 143; }; echo asked' INT TERM
        echo ready
        while kill -0 $waiting 2> rest; do wait $waiting; done
        echo the lock is released
        exit 130

        """;

    private readonly Agent agent = new();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_wish_to_stop_reaches_the_host_which_ends_in_its_own_time(string signal)
    {
        agent.Replace("dotnet", $"#!/bin/bash\ncat <> <(:) &\ntrap 'kill %1; echo the lock is released; exit 130' {signal}\necho ready\nwait %1\n");
        using var process = agent.Begin();
        await HearAsync(process.StandardOutput, "ready");

        await SendAsync(signal, process);

        var run = await Agent.EndAsync(process);
        run.Ends("Failed");
        Assert.Contains("the lock is released", run.Log, StringComparison.Ordinal);
        Assert.Contains("Cancelled", run.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_second_wish_is_not_handed_on_for_it_would_end_the_host_at_once(string signal)
    {
        agent.Replace("dotnet", Patient);
        using var process = agent.Begin();
        await HearAsync(process.StandardOutput, "ready");

        await SendAsync(signal, process);
        await HearAsync(process.StandardOutput, "asked");
        await SendAsync("TERM", process);
        await HearAsync(process.StandardOutput, "##vso[task.debug]asked again; the host is ending already");
        await LetGoAsync();

        var run = await Agent.EndAsync(process);
        run.Ends("Failed");
        Assert.Contains("the lock is released", run.Log, StringComparison.Ordinal);
    }

    public void Dispose() => agent.Dispose();

    private async Task LetGoAsync()
    {
        using var word = Process.Start("bash", ["-c", "echo go > \"$0\"", Path.Combine(agent.Sources, "go")]);
        await word.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task HearAsync(StreamReader log, string word)
    {
        while (await log.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line == word) return;
        }
    }
}
