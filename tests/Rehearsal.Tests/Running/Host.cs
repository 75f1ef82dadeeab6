using System.Diagnostics;
using System.Text;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The program in a process of its own, as people run it.</summary>
internal sealed class Host : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DssPipeline.Build.dll");
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;
    private readonly Lock listening = new();
    private readonly StringBuilder said = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> waiting = [];

    private Host(Process process)
    {
        this.process = process;
        (output, errors) = (ListenAsync(), process.StandardError.ReadToEndAsync());
    }

    public int Id => process.Id;

    /// <summary>The folder of the repository, in which the program finds its examples.</summary>
    public static string Home { get; } = HomeFrom(AppContext.BaseDirectory);

    public static async Task<HostRun> RunAsync(params string[] arguments)
    {
        using var host = Start(arguments);
        return await host.EndAsync();
    }

    public static Host Start(params string[] arguments) => StartOther("dotnet", ["exec", Program, .. arguments]);

    /// <summary>The program with more in its environment. It hears signals also where the tests themselves were started to ignore them.</summary>
    public static Host StartWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartOther("env", environment, ["--default-signal=INT,TERM", "dotnet", "exec", Program, .. arguments]);

    /// <summary>Any other program, such as <c>dotnet cake</c>, run in the folder of the repository.</summary>
    public static Host StartOther(string program, params string[] arguments) => StartOther(program, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    private static Host StartOther(string program, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Home,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            Environment = { ["NO_COLOR"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" },
        };
        // A test says itself which CI system it pretends to run in.
        foreach (var name in new[] { "GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "TF_BUILD", "FORCE_COLOR", "CLICOLOR_FORCE" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Until standard output has the text, or ends.</summary>
    public Task SaidAsync(string text)
    {
        lock (listening)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (output.IsCompleted || said.ToString().Contains(text, StringComparison.Ordinal)) heard.SetResult();
            else waiting.Add((text, heard));
            return heard.Task;
        }
    }

    public async Task<HostRun> EndAsync()
    {
        using var late = new CancellationTokenSource(Deadline);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"The program did not end within {Deadline.TotalMinutes} minutes.\n{await output}\n{await errors}");
        }

        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Sends a signal as a terminal or a CI system does.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends the process at once, with everything it is doing.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private async Task<string> ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (listening)
            {
                said.AppendLine(line);
                foreach (var (_, heard) in waiting.Where(one => line.Contains(one.Text, StringComparison.Ordinal))) heard.TrySetResult();
            }
        }

        lock (listening)
        {
            foreach (var (_, heard) in waiting) heard.TrySetResult();
            return said.ToString();
        }
    }

    private static string HomeFrom(string folder) =>
        File.Exists(Path.Combine(folder, "DssPipeline.sln")) ? folder : HomeFrom(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository."));
}
