using System.Diagnostics;
using System.Reflection;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A machine for one test whose mounts last as long as it does: this one's files, copied on write, in namespaces that end with the process that holds them, also when the test is killed.</summary>
internal sealed class LastingMachine : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lasting-");
    private readonly Process holder;

    public LastingMachine()
    {
        holder = Begin("unshare", "--mount", "--uts", "--ipc", "--propagation", "private", "bash", "-c", Enter, "enter", folder.FullName);
        if (holder.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException("The machine of the test did not start: it needs root and its namespaces.");
        Machine = Over(Shell);
    }

    public Machine Machine { get; }

    /// <summary>Runs scripts as root of the machine, in a session of their own, so that a test can kill them with all they started.</summary>
    public Shell Shell => new ProcessShell("setsid", ["--wait", "nsenter", .. Here, "bash", "-s"]);

    private string[] Here => ["--target", $"{holder.Id}", "--mount", "--uts", "--ipc", "--root", "--wd"];

    public static Machine Over(Shell shell, params IReadOnlyList<Assembly> scripts) => new(new() { Host = new("machine", "host", "vm-test"), Scripts = scripts }, shell, TimeProvider.System);

    /// <summary>What somebody else does on the machine.</summary>
    public string Run(string script)
    {
        using var process = Begin("nsenter", [.. Here, "bash", "-e"]);
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode} {output}");
        return output.TrimEnd('\n');
    }

    public static Process Begin(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        holder.Dispose();
        folder.Delete(recursive: true);
    }

    private const string Enter = """
        set -e
        mkdir "$1/upper" "$1/work" "$1/root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
        mount -t tmpfs tmpfs "$1/root/dev"
        for node in null zero full random urandom tty; do : >"$1/root/dev/$node"; mount --bind "/dev/$node" "$1/root/dev/$node"; done
        ln -s /proc/self/fd "$1/root/dev/fd"
        mount -t proc proc "$1/root/proc"
        mount --rbind /sys "$1/root/sys"
        mount -t tmpfs tmpfs "$1/root/run"
        mount -t tmpfs tmpfs "$1/root/mnt"
        exec chroot "$1/root" sh -c 'echo ready; exec cat'
        """;
}
