using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>Logs in to a machine of a world with the real ssh client, and ends as the command there ended.</summary>
internal static class SshCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 3;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter errors)
    {
        var wish = SshArguments.Read(arguments);
        if (wish.Problem is { } problem)
        {
            await errors.WriteLineAsync($"Error: {problem}");
            return WrongUsage;
        }

        try
        {
            return await LogInAsync(wish);
        }
        catch (SandboxException failure)
        {
            await errors.WriteLineAsync($"Error: {failure.Message}");
            return Failed;
        }
    }

    private static async Task<int> LogInAsync(SshArguments wish)
    {
        if (!Directory.Exists(Path.Combine(wish.StateFolder, "machines"))) throw new SandboxException(Nobody(wish));
        if (StateFolder.IsOpenElsewhere(wish.StateFolder)) return await LogInAsync(Choose(Written(wish.StateFolder), wish), wish.Command);
        if (MachineHost.Problem(wish.StateFolder) is { } problem) throw new SandboxException(problem);

        await using var server = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = wish.StateFolder, Machine = MachineMode.Namespaces }, CancellationToken.None);
        return await LogInAsync(Choose(server.Endpoints.Machines, wish), wish.Command);
    }

    private static async Task<int> LogInAsync(MachineEndpoint machine, IReadOnlyList<string> command)
    {
        var folder = Path.GetDirectoryName(machine.IdentityFile)!;
        var known = Path.Combine(folder, "known_hosts");
        await File.WriteAllTextAsync(known, $"{machine.Name} {machine.HostKey}\n");
        using var ssh = Process.Start(new ProcessStartInfo("ssh",
        [
            "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile=\"{known}\"", "-o", $"HostKeyAlias={machine.Name}",
            "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR", "-i", machine.IdentityFile, "-p", machine.SshPort.ToString(CultureInfo.InvariantCulture),
            $"{machine.Administrator}@{machine.SshHost}", .. Typed(command),
        ])
        { UseShellExecute = false })!;
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, signal => signal.Cancel = true);
        await ssh.WaitForExitAsync();
        return ssh.ExitCode;
    }

    private static MachineEndpoint Choose(IReadOnlyDictionary<string, MachineEndpoint> machines, SshArguments wish)
    {
        if (wish.Machine is { } name) return machines.GetValueOrDefault(name) ?? throw new SandboxException(machines.Count == 0 ? Nobody(wish) : $"There is no machine {name} in {wish.StateFolder}; there is {string.Join(", ", machines.Keys)}.");
        return machines.Count == 1 ? machines.Values.Single() : throw new SandboxException(machines.Count == 0 ? Nobody(wish) : $"There are several machines in {wish.StateFolder}: {string.Join(", ", machines.Keys)}. Say which with --machine.");
    }

    private static Dictionary<string, MachineEndpoint> Written(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(folder, "machines")).Select(machine => Path.Combine(machine, "ssh", "endpoint.json")).Where(File.Exists)
            .Select(file => JsonSerializer.Deserialize<MachineEndpoint>(File.ReadAllText(file), JsonSerializerOptions.Web)!).ToDictionary(machine => machine.Name, StringComparer.OrdinalIgnoreCase);

    // A single word is a line for the shell there, as with ssh itself; several reach the machine as they were typed here.
    private static IEnumerable<string> Typed(IReadOnlyList<string> command) => command.Count <= 1 ? command : command.Select(Quoted);

    private static string Quoted(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=,@%+".Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Nobody(SshArguments wish) => $"No machine of the world in {wish.StateFolder} is running. A deployment makes it: dotnet run --project build -- --sandbox {wish.StateFolder}";
}
