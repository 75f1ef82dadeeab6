using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Reads the host key of a machine through Azure, which nobody between here and the machine can forge.</summary>
/// <param name="machine">ARM id of the virtual machine.</param>
public sealed partial class HostKeyReader(Arm arm, string machine, string location)
{
    /// <summary>What the value of a tag may hold.</summary>
    public const int Longest = 256;

    private const string Script = """
        #!/bin/bash
        for kind in ed25519 ecdsa rsa; do
            file=/etc/ssh/ssh_host_${kind}_key.pub
            [ -s "$file" ] && exec cat "$file"
        done
        echo none
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Kind and key. Waits for a machine that is still making its keys.</summary>
    public async Task<string> ReadAsync(CancellationToken cancel)
    {
        var commands = new RunCommands(arm, machine, location);
        await commands.ClearAsync(cancel);
        for (var since = arm.Clock.GetUtcNow(); ; await Task.Delay(Pause, arm.Clock, cancel))
        {
            var (output, error) = await AskAsync(commands, cancel);
            if (Key().Match(output) is { Success: true, Value: var key }) return key.Length <= Longest ? key : throw TooLong(key);
            if (arm.Clock.GetUtcNow() - since > Deadline) throw Missing($"{output.Trim()} {error.Trim()}".Trim());
        }
    }

    private static async Task<(string Output, string Error)> AskAsync(RunCommands commands, CancellationToken cancel)
    {
        try
        {
            return await commands.RunAsync(commands.NextName(), Script, [], _ => { }, cancel);
        }
        catch (ShellException failure)
        {
            return ("", failure.Error.Message);
        }
    }

    private ProblemException TooLong(string key) => new(new Problem(
        "Host key is too long to be kept",
        $"{machine} has only a host key of kind {key.Split(' ')[0]} with {key.Length} characters, and a tag of Azure takes {Longest}. State it as vm.sshHostKey, or have the machine make one of kind ed25519 with ssh-keygen -A."));

    private ProblemException Missing(string said) => new(new Problem(
        "Host key could not be learned",
        $"{machine} was asked for its ssh host key through Azure, and answered: {arm.Redactor.Clean(said)}. Look whether its ssh service has ever started, or state the key as vm.sshHostKey."));

    [GeneratedRegex("^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) [A-Za-z0-9+/]{60,}={0,3}", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
