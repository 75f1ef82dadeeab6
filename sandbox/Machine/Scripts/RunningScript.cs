using System.Diagnostics;

namespace DssPipeline.Sandbox;

/// <summary>One run of a script in a machine: what it printed last, how it ended.</summary>
internal sealed class RunningScript(GuestScript script, TimeProvider clock)
{
    // What the real handler reports of scripts that it has ended, or could not start.
    private const int NotStarted = -100;
    private const int Killed = -1;

    private static readonly TimeSpan Lingering = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Tail _output = new();
    private readonly Tail _errors = new();

    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    /// <summary>How it ended; null while it runs.</summary>
    public ScriptEnd? End { get; private set; }

    public string Output => _output.Text;

    public string Errors => _errors.Text;

    public GuestScript Script => script;

    public void Stop() => _stop.Cancel();

    public async Task RunAsync(Func<CancellationToken, Task<MachineProcess?>> machine)
    {
        try
        {
            if (await machine(_stop.Token) is { } up) await RunInAsync(up);
            else End = Ending(NotStarted, "The machine is not up, so nothing was run.");
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or InvalidOperationException)
        {
            End = Ending(NotStarted, $"The script could not be run: {problem.Message}");
        }
    }

    private async Task RunInAsync(MachineProcess machine)
    {
        var folder = machine.PathOf(script.Folder);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(folder, "script.sh");
        StateFolder.WritePrivate(file, script.Text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        using var process = Process.Start(Start(machine))!;
        process.StandardInput.Close();
        var reading = Task.WhenAll(_output.ReadAsync(process.StandardOutput.BaseStream), _errors.ReadAsync(process.StandardError.BaseStream));
        var inTime = await EndsInTimeAsync(process);

        // Children that it left behind may hold its output open for ever.
        await Task.WhenAny(reading, Task.Delay(Lingering, TimeProvider.System));
        End = inTime ? Ending(process.ExitCode) : Ending(Killed, _stop.IsCancellationRequested ? "Execution was stopped" : $"Execution failed: command terminated because it ran longer than {script.Timeout.TotalSeconds} s");
    }

    private ProcessStartInfo Start(MachineProcess machine)
    {
        var (named, rest) = (script.Parameters.Where(one => one.Name.Length > 0), script.Parameters.Where(one => one.Name.Length == 0));
        string[] command = ["/bin/bash", $"{script.Folder}/script.sh", .. rest.Select(one => one.Value)];
        var start = machine.Inside(script.User is { Length: > 0 } user ? ["/usr/sbin/runuser", "--preserve-environment", "-u", user, "--", .. command] : command);
        start.Environment.Clear();
        start.Environment["PATH"] = "/sbin:/bin:/usr/sbin:/usr/bin";
        start.Environment["HOME"] = "/root";
        foreach (var (name, value) in named) start.Environment[name] = value;
        return start;
    }

    private async Task<bool> EndsInTimeAsync(Process process)
    {
        using var late = new CancellationTokenSource(script.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            // All of its session; itself, where it is too young to have one; and what it started meanwhile.
            foreach (var target in (int[])[-process.Id, process.Id]) _ = Native.Signal(target, Native.Kill);
            await process.WaitForExitAsync(CancellationToken.None);
            _ = Native.Signal(-process.Id, Native.Kill);
            return false;
        }
    }

    private ScriptEnd Ending(int code) => Ending(code, code == 0 ? "Execution completed" : $"Execution failed: command terminated with exit status={code}");

    private ScriptEnd Ending(int code, string message) => new(code == 0 ? "Succeeded" : "Failed", code, message, clock.GetUtcNow());
}

/// <summary>How a script ended.</summary>
internal sealed record ScriptEnd(string State, int Code, string Message, DateTimeOffset At);
