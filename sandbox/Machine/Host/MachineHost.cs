using System.Collections.Concurrent;
using System.Diagnostics;

namespace DssPipeline.Sandbox;

/// <summary>Whether this host can hold machines: Linux, root, a few programs, and a state folder that can be the upper half of an overlay.</summary>
public static class MachineHost
{
    private static readonly (string Program, string Package)[] Needed =
    [
        ("/usr/bin/unshare", "util-linux"), ("/usr/bin/nsenter", "util-linux"), ("/usr/bin/setpriv", "util-linux"), ("/usr/sbin/sshd", "openssh-server"),
        ("/usr/bin/ssh", "openssh-client"), ("/usr/bin/ssh-keygen", "openssh-client"), ("/usr/sbin/ip", "iproute2"), ("/usr/bin/bash", "bash"),
    ];

    private static readonly string[] Engine = ["/usr/sbin/dockerd", "/usr/bin/docker", "/usr/bin/containerd"];

    private const string Trial = """
        set -e
        mkdir "$1/upper" "$1/work" "$1/root"
        mount -t overlay overlay -o "lowerdir=/usr,upperdir=$1/upper,workdir=$1/work" "$1/root"
        mknod "$1/upper/node" c 0 0
        """;

    // A host does not change while a process runs on it, and a trial takes a process, a mount and a folder.
    private static readonly ConcurrentDictionary<string, string> Refusals = new(StringComparer.Ordinal);

    /// <summary>Why no machine can stand here, in words for people; null when it can. It is tried once for a folder.</summary>
    public static string? Problem(string stateFolder) => Problem(stateFolder, OperatingSystem.IsLinux(), Environment.IsPrivilegedProcess);

    internal static string? Problem(string stateFolder, bool isLinux, bool isRoot)
    {
        if (!isLinux) return "The sandbox's machine is made of Linux namespaces, and this is not Linux. The Azure side works as usual; for the machine, run it on Linux as root.";
        if (!isRoot) return "The sandbox's machine needs root for its namespaces, mounts and devices. The Azure side works as usual; for the machine, start it again with sudo.";
        if (new FileInfo("/bin").LinkTarget is null) return "The sandbox's machine is laid over the host's /usr, and on this host programs are in /bin as well. Use a host whose /bin leads to /usr/bin, as all newer distributions have it.";
        var missing = Needed.Where(needed => !File.Exists(needed.Program)).ToList();
        if (missing.Count > 0) return $"The sandbox's machine needs {string.Join(", ", missing.Select(needed => needed.Program))}. Install {string.Join(", ", missing.Select(needed => needed.Package).Distinct(StringComparer.Ordinal))}.";
        return Refusals.GetOrAdd(Path.GetFullPath(stateFolder), Refusal) is { Length: > 0 } refusal
            ? $"This host does not let the sandbox make a machine in {Path.GetFullPath(stateFolder)}: {refusal} In a container that takes --privileged, and a state folder on a disk or a volume (an overlay cannot lie on an overlay)."
            : null;
    }

    /// <summary>Why the real engine of Docker cannot run in machines here; null when it can.</summary>
    public static string? ProblemOfEngine => Engine.Where(program => !File.Exists(program)).ToList() is [_, ..] missing
        ? $"The real engine of Docker is the host's own, and this host has no {string.Join(", no ", missing)}. Install docker.io, or leave the engine to the stand-in."
        : null;

    private static string Refusal(string stateFolder)
    {
        var trial = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(stateFolder), $"trial.{Guid.NewGuid():N}"));
        try
        {
            var start = new ProcessStartInfo("unshare", ["--fork", "--pid", "--mount", "--uts", "--ipc", "--net", "--propagation", "private", "bash", "-c", Trial, "trial", trial.FullName]) { UseShellExecute = false, RedirectStandardError = true };
            using var process = Process.Start(HostCommand.WithoutEnvironment(start))!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : errors.ReplaceLineEndings(" ").Trim() is { Length: > 0 } said ? said : $"the trial ended with {process.ExitCode}.";
        }
        finally
        {
            trial.Delete(recursive: true);
        }
    }
}
