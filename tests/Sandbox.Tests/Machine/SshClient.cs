using System.Diagnostics;
using System.Globalization;

namespace DssPipeline.Sandbox.Tests;

/// <summary>The real OpenSSH client, with the machine's key pinned.</summary>
internal static class SshClient
{
    public const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2Ck0v6b0x0kQ0m1m8Yq0o3kY0b8l2m2J7n6y9a0b1c deploy";

    public static async Task<(int Code, string Output, string Errors)> RunAsync(MachineEndpoint machine, string command)
    {
        using var folder = new TemporaryFolder();
        var known = Path.Combine(folder.Path, "known_hosts");
        await File.WriteAllTextAsync(known, $"[{machine.SshHost}]:{machine.SshPort} {machine.HostKey}\n");
        return await RunAsync("ssh",
        [
            "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={known}", "-o", "IdentitiesOnly=yes",
            "-i", machine.IdentityFile, "-p", machine.SshPort.ToString(CultureInfo.InvariantCulture), $"{machine.Administrator}@{machine.SshHost}", "--", command,
        ]);
    }

    public static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
