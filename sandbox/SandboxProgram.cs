using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DssPipeline.Sandbox;

/// <summary>The sandbox as a program of its own: starts, says where it is, and stays until it is told to stop.</summary>
public static class SandboxProgram
{
    private const int Failed = 1;
    private const int WrongUsage = 3;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Count > 0 && arguments[0] == "ssh") return await SshCommand.RunAsync([.. arguments.Skip(1)], errors);
        if (arguments is [DssBackendProgram.Name, ..]) return await BackendAsync(arguments, errors);

        var command = CommandLine.Read(arguments);
        if (command.Help)
        {
            await output.WriteLineAsync(CommandLine.HelpText);
            return 0;
        }

        if (command.Problems.Count > 0)
        {
            foreach (var problem in command.Problems) await errors.WriteLineAsync($"Error: {problem}");
            await errors.WriteLineAsync("Try --help.");
            return WrongUsage;
        }

        try
        {
            await ServeAsync(command.Options, output, errors);
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before it was open.
            return 0;
        }
        catch (SandboxException problem)
        {
            await errors.WriteLineAsync($"Error: {problem.Message}");
            return Failed;
        }
    }

    private static async Task<int> BackendAsync(IReadOnlyList<string> arguments, TextWriter errors)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        return await DssBackendProgram.RunAsync(arguments, errors, stop.Token);
    }

    private static async Task ServeAsync(SandboxOptions options, TextWriter output, TextWriter errors)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var problem = MachineHost.Problem(options.StateFolder);
        if (problem is not null) await errors.WriteLineAsync($"Note: machines are left out: nothing will stand behind virtual machines. {problem}");
        await using var server = await SandboxServer.StartAsync(options with { Machine = problem is null ? MachineMode.Namespaces : MachineMode.None }, stop.Token);
        await output.WriteLineAsync(JsonSerializer.Serialize(server.Endpoints, Form));
        await output.FlushAsync();
        await errors.WriteLineAsync($"The sandbox is open; its world is in {Path.GetFullPath(options.StateFolder)}. Ctrl-C ends it and keeps the world.");
        await WaitAsync(stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Register(stopped.SetResult);
        return stopped.Task;
    }
}
