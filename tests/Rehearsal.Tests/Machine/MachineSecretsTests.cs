using System.Diagnostics;
using System.Text.Json.Nodes;
using DssPipeline.Sandbox.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What is secret stays out of argument lists, environments, logs, papers and everything that is left on the machine or the host.</summary>
[TakesMinutes]
public sealed class MachineSecretsTests
{
    private const string Licence = "/data/dataiku/dss_data/config/license.json";
    private const string Key = "/etc/dataiku-tls/dss.key";

    [Fact]
    public async Task Over_ssh_no_secret_is_seen_also_when_the_run_is_killed_and_made_again()
    {
        using var world = MachineWorld.Empty();
        var marks = new Marks();
        var settings = Settings(world, marks);
        await AddSshKeyAsync(world, marks, settings);
        settings["DSS_ADMIN"] = marks.New("password");
        string[] more = ["--set", "vm.sshPublicKey=${env:DSS_SSH_PUBLIC_KEY}", "--set", "vm.sshPrivateKey=${env:DSS_SSH_PRIVATE_KEY}", "--set", "dss.adminPassword=${env:DSS_ADMIN}"];
        using var planted = Planted(marks.New("planted"));
        using var watch = new ProcessWatch();

        await KillAsync(world, settings, more);
        var left = await Leftovers.StayingAsync(settings["TMPDIR"]);
        var leftFiles = Folders(settings);
        using var host = Start(world, settings, more);
        var run = await host.EndAsync();

        run.Ends(0);
        Assert.Empty(left);
        Assert.NotEmpty(watch.Told("ssh-agent"));
        Assert.Equal(leftFiles, Folders(settings));
        await AssertUnseenAsync(world, marks, watch, run, planted);
    }

    [Fact]
    public async Task By_Run_Command_no_secret_is_seen()
    {
        using var world = await MachineWorld.BareAsync();
        var marks = new Marks();
        var settings = Settings(world, marks);
        using var planted = Planted(marks.New("planted"));
        using var watch = new ProcessWatch();

        using var host = Start(world, settings, "--set", "vm.access=runCommand", "--target", "InstallDss");
        var run = await host.EndAsync();

        run.Ends(0);
        Assert.Empty(Folders(settings));
        await AssertUnseenAsync(world, marks, watch, run, planted);
    }

    [Fact]
    public async Task A_step_that_fails_does_not_tell_them()
    {
        using var world = await MachineWorld.WholeAsync();
        var marks = new Marks();
        var (licence, key) = (Settings(world, marks), Settings(world, marks));
        licence["DSS_LICENSE"] = $"no licence at all {marks.New("wrong")}";
        key["DSS_TLS_KEY"] = $"no key at all {marks.New("broken")}";

        using var first = Start(world, licence);
        var unlicensed = await first.EndAsync();
        using var second = Start(world, key);
        var keyless = await second.EndAsync();

        unlicensed.Ends(1).Says("DSS does not accept its licence");
        keyless.Ends(1).Says("no private key in PEM");
        Assert.Empty(marks.In(unlicensed.Said + keyless.Said + string.Concat(Written(world).Select(File.ReadAllText))));
    }

    /// <summary>The environment of the program: secrets, and a folder for what it keeps while it runs.</summary>
    private static Dictionary<string, string> Settings(MachineWorld world, Marks marks)
    {
        var (certificate, key) = marks.NewCertificate("tls");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TMPDIR"] = Directory.CreateDirectory(world.Stage.PathOf("t")).FullName,
            ["DSS_LICENSE"] = $$"""{"license":"{{marks.New("licence")}}"}""",
            ["DSS_CLIENT_SECRET"] = marks.New("client"),
            ["DSS_TLS_CERTIFICATE"] = certificate,
            ["DSS_TLS_KEY"] = key,
        };
    }

    private static async Task AddSshKeyAsync(MachineWorld world, Marks marks, Dictionary<string, string> settings)
    {
        var file = world.Stage.PathOf("key");
        (settings["DSS_SSH_PUBLIC_KEY"], settings["DSS_SSH_PRIVATE_KEY"]) = await marks.NewSshKeyAsync("ssh", file);
        File.Delete(file);
    }

    private static Host Start(MachineWorld world, Dictionary<string, string> settings, params string[] more) => Host.StartWith(settings,
    [
        "--sandbox", world.Stage.World, "--machine", "linux", "--verbosity", "diagnostic", "--report", world.Stage.PathOf("report"), "--plan-file", world.Stage.PathOf("plan.json"),
        "--set", "dss.https.mode=native", "--set", "dss.https.certificate=${env:DSS_TLS_CERTIFICATE}", "--set", "dss.https.key=${env:DSS_TLS_KEY}", .. more,
    ]);

    /// <summary>Kills the program, and nothing else, as soon as it is connected to the machine.</summary>
    private static async Task KillAsync(MachineWorld world, Dictionary<string, string> settings, string[] more)
    {
        var connected = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(settings["TMPDIR"], "c") { IncludeSubdirectories = true };
        watcher.Created += (_, _) => connected.TrySetResult();
        watcher.Renamed += (_, _) => connected.TrySetResult();
        watcher.EnableRaisingEvents = true;
        using var host = Start(world, settings, more);
        var end = host.EndAsync();
        await Task.WhenAny(connected.Task, end);
        await host.SignalAsync("KILL");
        var killed = await end;
        Assert.True(killed.ExitCode == 137, killed.Said);
    }

    /// <summary>What runs of the program keep for ssh on the host, and what is in it.</summary>
    private static IReadOnlyList<string> Folders(Dictionary<string, string> settings) => [.. Directory.EnumerateDirectories(settings["TMPDIR"], "dss-*").SelectMany(Directory.EnumerateFileSystemEntries).Order(StringComparer.Ordinal)];

    /// <summary>A process that does what no process may, to see that it would be noticed.</summary>
    private static Process Planted(string secret) =>
        Process.Start(new ProcessStartInfo("cat", ["-", secret]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, Environment = { ["PLANTED"] = secret } })!;

    private static async Task AssertUnseenAsync(MachineWorld world, Marks marks, ProcessWatch watch, HostRun run, Process planted)
    {
        planted.StandardInput.Close();
        await planted.WaitForExitAsync();
        watch.End();
        foreach (var secret in Generated(world)) marks.Add(secret.Name, secret.Value);

        Assert.InRange(watch.Count, 100, int.MaxValue);
        Assert.Equal(["cat"], watch.Told(marks.Words).Select(Program).Distinct());
        Assert.Equal(["cat"], watch.Handed(marks.Words).Where(line => !IsOurs(line)).Select(Program).Distinct());
        Assert.Empty(marks.In(run.Said));
        Assert.All(Written(world), file => Assert.True(marks.In(File.ReadAllText(file)).Count == 0, file));
        await AssertUnseenInsideAsync(world, marks);
    }

    private static string Program(string line) => line.Split('\n')[0];

    // The program has its own environment, and the handler of Run Command hands the parameters to the script as Azure's does: root alone reads them there.
    private static bool IsOurs(string line) =>
        line.Contains("DssPipeline.Build.dll", StringComparison.Ordinal) || line.Contains("\n/var/lib/waagent/run-command-handler/", StringComparison.Ordinal);

    private static async Task AssertUnseenInsideAsync(MachineWorld world, Marks marks)
    {
        await File.WriteAllLinesAsync(Path.Combine(world.System, "root", "words"), marks.Words);
        var found = await world.LoginAsync($"""
            sudo grep -rlaFD skip -f /root/words --exclude=words /boot /data /dev/shm /etc /home /mnt /opt /root /run /srv /tmp /usr/local /var
            sudo stat -c '%n %U %a' {Licence} {Key}
            """);

        Assert.Equal([Licence, Key, $"{Licence} dssuser 600", $"{Key} root 640"], found.Lines);
    }

    /// <summary>What the run made and keeps in the deployment's vault.</summary>
    private static IEnumerable<(string Name, string Value)> Generated(MachineWorld world) =>
        from secret in JsonNode.Parse(File.ReadAllText(Path.Combine(world.Stage.World, "vaults", $"{Stage.Reference.Names.KeyVault.Name}.json")))!.AsArray()
        from version in secret!["Versions"]!.AsArray()
        select ($"{secret["Name"]}", $"{version!["Value"]}");

    /// <summary>What the run wrote on the host, but for what Azure keeps to itself and the inside of the machine.</summary>
    private static IEnumerable<string> Written(MachineWorld world)
    {
        var machine = Path.GetDirectoryName(world.System)!;
        string[] folders = [world.Stage.PathOf("report"), world.Stage.PathOf("t")];
        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System | FileAttributes.Device }))
            .Concat([world.Stage.PathOf("plan.json"), Path.Combine(machine, "console.log"), Path.Combine(world.Stage.World, Sandbox.RequestLog.FileName)])
            .Where(file => File.GetUnixFileMode(file) != default && new FileInfo(file).Length > 0);
    }
}
