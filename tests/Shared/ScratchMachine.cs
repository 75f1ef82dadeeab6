using DssPipeline.Planes;

namespace DssPipeline.Tests;

/// <summary>A machine for one test: this one's files, copied on write, so that real programs can do as root what they like and nothing of it stays.</summary>
public sealed class ScratchMachine : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scratch-");

    public ScratchMachine()
    {
        foreach (var part in (string[])["upper", "work", "root"]) folder.CreateSubdirectory(part);
    }

    /// <summary>Sockets of this machine that programs of that one find in their /run.</summary>
    public IReadOnlyList<string> Sockets { get; init; } = [];

    /// <summary>Runs scripts as root of the machine. Mounts last as long as one script, files as long as the machine.</summary>
    public Shell Shell => new ProcessShell("unshare", ["--mount", "--propagation", "private", "bash", "-c", Enter, "enter", folder.FullName, .. Sockets]);

    /// <summary>Where a path of the machine is seen from here, once it was written.</summary>
    public string PathOf(string path) => Path.Combine(folder.FullName, "upper", path.TrimStart('/'));

    public void Dispose() => folder.Delete(recursive: true);

    private const string Enter = """
        set -e
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
        mount --rbind /dev "$1/root/dev"
        mount -t proc proc "$1/root/proc"
        mount -t tmpfs tmpfs "$1/root/run"
        mount -t tmpfs -o mode=1777 tmpfs "$1/root/tmp"
        root=$1/root
        shift
        for socket; do
            touch "$root/run/${socket##*/}"
            mount --bind "$socket" "$root/run/${socket##*/}"
        done
        exec chroot "$root" /bin/bash -s
        """;
}
