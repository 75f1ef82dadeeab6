namespace DssPipeline.Planes;

/// <summary>Runs the script by Azure's Run Command: no open port, no key, and every trip takes as long as Azure does.</summary>
/// <param name="machine">ARM id of the virtual machine.</param>
public sealed class RunCommandShell(Arm arm, string machine, string location) : Shell
{
    // A parameter is one string of the environment, which Linux takes up to 128 KiB.
    private const int Part = 30000;

    private readonly RunCommands commands = new(arm, machine, location);
    private readonly SemaphoreSlim turn = new(1);
    private bool isClear;

    public override Task<bool> IsThereAsync(CancellationToken cancel) => commands.IsMachineRunningAsync(cancel);

    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        await ClearOnceAsync(cancel);
        var name = commands.NextName();
        var tail = new Tail(heard);
        var (output, error) = await commands.RunAsync(name, Runnable(script), [("DELIVERY", name), .. Parts(letter)], tail.Hear, cancel);
        var answer = Delivery.In(output, error) ?? throw Cut(output, error);
        var packed = answer.Packed;
        while (packed.Length < answer.Length) packed += await RestAsync(name, packed.Length, cancel);
        return new(answer.ExitCode, Delivery.Unpack(packed) ?? throw Cut("", "What came back could not be unpacked."));
    }

    public override ValueTask DisposeAsync()
    {
        turn.Dispose();
        return base.DisposeAsync();
    }

    private static string Runnable(string script) => $"#!/bin/bash\n{script}";

    private static IEnumerable<(string Name, string Value)> Parts(string letter) =>
        letter.Chunk(Part).Select((part, index) => ($"LETTER_{index}", new string(part)));

    private static ShellException Cut(string output, string error)
    {
        var words = $"{output.Trim()}\n{error.Trim()}".Trim();
        return new(new RemoteError(0, ShellException.Broken, words.Length > 0 ? words : "The script ended without a word; the machine may have been started again meanwhile."));
    }

    private async Task ClearOnceAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (!isClear) await commands.ClearAsync(cancel);
            isClear = true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The next part of an answer that did not fit; the machine keeps it until its last part was asked for.</summary>
    private async Task<string> RestAsync(string delivery, int offset, CancellationToken cancel)
    {
        var (output, error) = await commands.RunAsync(commands.NextName(), Runnable(AgentScript.Alone), [("DELIVERY", delivery), ("OFFSET", $"{offset}")], _ => { }, cancel);
        return Delivery.In(output, error) is { ExitCode: 0, Packed.Length: > 0 } rest ? rest.Packed : throw Cut(output, error);
    }

    /// <summary>Hears of a stream whose last part alone is seen, each line once.</summary>
    private sealed class Tail(IProgress<string> heard)
    {
        private string last = "";

        public void Hear(string text)
        {
            // The last line may still be growing.
            var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var known = Array.LastIndexOf(lines, last);
            foreach (var line in lines.Skip(known + 1).Where(line => !line.StartsWith("@dss-pipeline", StringComparison.Ordinal))) heard.Report(line);
            if (lines is [.., var newest]) last = newest;
        }
    }
}
