using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A machine for one test: this one's files, copied on write, with the stand-ins laid over them and what they download.</summary>
public sealed class StandInMachine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stand-in-");
    private readonly DownloadServer _downloads;
    private readonly Process _first;
    private readonly string _id;

    private StandInMachine(DownloadServer downloads)
    {
        _downloads = downloads;
        foreach (var part in (string[])["upper", "work", "root"]) _folder.CreateSubdirectory(part);
        LayOut();
        _first = Begin("unshare", ["--mount", "--pid", "--fork", "--propagation", "private", "bash", "-c", Enter, "enter", _folder.FullName, Program, Runtime, downloads.CaFile]);
        _id = _first.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The machine did not come up: {_first.StandardError.ReadToEnd()}");
    }

    /// <summary>Ports of this machine alone: all machines share the sockets of the host.</summary>
    public int Port { get; } = RandomNumberGenerator.GetInt32(2000, 3200) * 10;

    public static async Task<StandInMachine> StartAsync() => new(await DownloadServer.StartAsync());

    /// <summary>Runs a script as root of the machine.</summary>
    public async Task<ScriptEnd> RunAsync(string script)
    {
        using var process = Begin("nsenter", ["--target", _id, "--mount", "--pid", "--root", "--wd", "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", $"port={Port}", "/bin/bash", "-s"]);
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await errors);
    }

    /// <summary>Runs a script that must succeed.</summary>
    public async Task<string> MustAsync(string script)
    {
        var end = await RunAsync("set -e\n" + script);
        Assert.True(end.Code == 0, $"{script}\nended with {end.Code}:\n{end.Output}{end.Errors}");
        return end.Output;
    }

    public async ValueTask DisposeAsync()
    {
        _first.StandardInput.Close();
        await _first.WaitForExitAsync();
        _first.Dispose();
        await _downloads.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Program => Path.GetDirectoryName(typeof(SandboxServer).Assembly.Location)!;

    private static string Runtime => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private void LayOut()
    {
        foreach (var file in EmbeddedTree.Under("image"))
        {
            var path = Path.Combine(_folder.FullName, "upper", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes);
            File.SetUnixFileMode(path, file.Mode);
        }

        var etc = Path.Combine(_folder.FullName, "upper", "etc");
        File.WriteAllText(Path.Combine(etc, "os-release"), "ID=\"almalinux\"\nVERSION_ID=\"8.10\"\n");
        File.WriteAllLines(Path.Combine(etc, "hosts"), ["127.0.0.1 localhost", .. Downloads.Hosts.Select(host => $"{_downloads.Address} {host}")]);
    }

    private static Process Begin(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private const string Enter = """
        set -e
        read -r own _ </proc/self/stat
        root=$1/root
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$root"
        mount --rbind /dev "$root/dev"
        mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/run"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        mkdir -p "$root/opt/dss-sandbox/app" "$root/opt/dss-sandbox/dotnet" "$root/run/dss-sandbox/faults" "$root/etc/ssl/certs" "$root/data"
        mount --bind "$2" "$root/opt/dss-sandbox/app"
        mount --bind "$3" "$root/opt/dss-sandbox/dotnet"
        cat "$4" >>"$root/etc/ssl/certs/ca-certificates.crt"
        rm -f "$root"/usr/bin/{docker,dockerd,kubectl,az,git,zip,unzip,java} "$root"/usr/local/bin/{docker,dockerd,kubectl,az} "$root"/usr/sbin/{dockerd,nginx} "$root"/usr/lib/systemd/system/docker.*
        getent group docker >/dev/null && chroot "$root" groupdel docker
        chroot "$root" useradd --create-home --shell /bin/bash dssuser
        exec chroot "$root" /bin/bash -c 'printf "%s\n" "$0"; while read -r _; do :; done' "$own"
        """;
}

/// <summary>How a script ended, and what it said.</summary>
public sealed record ScriptEnd(int Code, string Output, string Errors);
