using System.Diagnostics;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Chapters.Tests;

/// <summary>A machine of its own with the stand-ins of the sandbox, and a deployment whose DSS lives in it. Processes, files and ports of it end with the test.</summary>
internal sealed class DssLab : IAsyncDisposable
{
    private static readonly string[] Installed =
    [
        "acl", "expat", "git", "nginx", "unzip", "zip", "freetype", "libgfortran", "libgomp", "policycoreutils", "policycoreutils-python-utils", "fontconfig", "dejavu-sans-fonts",
        "glibc-langpack-en", "procps-ng", "java-17-openjdk-headless", "python39",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dss-lab-");
    private readonly Process first;
    private readonly string id;

    private DssLab()
    {
        foreach (var part in (string[])["upper", "work", "root", "kits"]) folder.CreateSubdirectory(part);
        LayOut("image", "upper");
        LayOut("kit", "kits");
        first = Begin("unshare", ["--mount", "--pid", "--net", "--fork", "--kill-child", "--propagation", "private", "bash", "-c", Enter, "enter", folder.FullName, Program, Runtime, string.Join(' ', Installed)]);
        id = first.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The machine did not come up: {first.StandardError.ReadToEnd()}");
        Machine = new(new() { Host = new("machine", "host", "lab"), Scripts = [typeof(InstallDssTask).Assembly], Redactor = Redactor }, Shell, TimeProvider.System);
    }

    public Redactor Redactor { get; } = new();

    public Machine Machine { get; }

    private ProcessShell Shell => new("nsenter", [.. Inside, "/bin/bash", "-s"]);

    private string[] Inside => ["--target", id, "--mount", "--pid", "--net", "--root", "--wd", "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"];

    public static DssLab Start() => new();

    /// <summary>The resources of InstallDss that need no vault and no internet.</summary>
    public IReadOnlyList<Resource> Declare(params string[] sets)
    {
        var manifest = ManifestReader.Read(Path.Join(Snapshot.Root, "examples", "minimal.yml"), new ReadOptions { Sets = sets, Missing = MissingSources.StandIn, Variables = name => name == "DSS_LICENSE" ? """{"content":{"expiresOn":"20991231"}}""" : null });
        return [.. new InstallDssTask(Machine, Dss.Nowhere(manifest.Names.Dss, "only the machine is looked at"), NoVault).Declare(manifest).Where(resource => resource is not (Archive or DssApiKey or DssLicenseStatus or DssAdmin))];
    }

    public static Rollout Rollout(Machine machine, IReadOnlyList<Resource> resources)
    {
        var expected = resources.OfType<MachineResource>().ToList();
        return new(new Graph([new Part("InstallDss", "DSS", resources, [])]), new() { LookAnew = () => machine.LookAnew(expected) }, TimeProvider.System, new Deaf());
    }

    public Task<Plan> PlanAsync(IReadOnlyList<Resource> resources) => Rollout(Machine, resources).PlanAsync(TestContext.Current.CancellationToken);

    /// <summary>One run of its own: looks, and makes what differs.</summary>
    public async Task<Report> DeployAsync(IReadOnlyList<Resource> resources)
    {
        var cancel = TestContext.Current.CancellationToken;
        var rollout = Rollout(Machine, resources);
        rollout.Start(await rollout.PlanAsync(cancel), cancel);
        return await rollout.FinishAsync();
    }

    /// <summary>Runs a script as root of the machine; it must succeed.</summary>
    public async Task<string> MustAsync(string script)
    {
        using var process = Begin("nsenter", [.. Inside, "/bin/bash", "-s"]);
        await process.StandardInput.WriteAsync("set -e\ndata=/data/dataiku/dss_data\n" + script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{script}\nended with {process.ExitCode}:\n{output}{await errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        first.StandardInput.Close();
        await first.WaitForExitAsync();
        first.Dispose();
        folder.Delete(recursive: true);
    }

    private static Vault NoVault => new(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("There is no vault here.")), new());

    private static string Program => Path.GetDirectoryName(typeof(SandboxServer).Assembly.Location)!;

    private static string Runtime => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private void LayOut(string tree, string below)
    {
        var home = typeof(SandboxServer).Assembly;
        foreach (var name in home.GetManifestResourceNames().Where(name => name.StartsWith($"{tree}/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder.FullName, below, name[(tree.Length + 1)..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            using var stream = home.GetManifestResourceStream(name)!;
            stream.CopyTo(file);
        }
    }

    private static Process Begin(string program, IReadOnlyList<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private const string Enter = """
        set -e
        exec 3>&1 1>&2
        read -r own _ </proc/self/stat
        root=$1/root
        find "$1/upper" "$1/kits" -type f -print0 | while IFS= read -r -d '' file; do
            mark=''
            read -r -n 2 mark <"$file" || true
            [ "$mark" != '#!' ] || chmod 0755 "$file"
        done
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$root"
        mount --rbind /dev "$root/dev"
        mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/run"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        ip link set lo up
        mkdir -p "$root/opt/dss-sandbox/app" "$root/opt/dss-sandbox/dotnet" "$root/run/dss-sandbox/faults" "$root/data/dss-archives" "$root/var/lib/dss-sandbox/rpm/files"
        mount --bind "$2" "$root/opt/dss-sandbox/app"
        mount --bind "$3" "$root/opt/dss-sandbox/dotnet"
        printf 'ID="almalinux"\nVERSION_ID="8.10"\n' >"$root/etc/os-release"
        cat "$root/usr/share/dss-sandbox/preinstalled" >"$root/var/lib/dss-sandbox/rpm/packages"
        for package in $4; do printf '%s\t1\t1.el8\tx86_64\t\t\t\tbaseos\t1700000000\t\n' "$package"; done >>"$root/var/lib/dss-sandbox/rpm/packages"
        for java in 11 17; do
            mkdir -p "$root/usr/lib/jvm/jre-$java-openjdk/bin"
            printf '#!/bin/bash\necho "openjdk version \\"%s.0.1\\"" >&2\n' "$java" >"$root/usr/lib/jvm/jre-$java-openjdk/bin/java"
            chmod 0755 "$root/usr/lib/jvm/jre-$java-openjdk/bin/java"
        done
        for python in 3.9 3.10; do
            printf '#!/bin/bash\necho %s\n' "$python" >"$root/usr/bin/python$python"
            chmod 0755 "$root/usr/bin/python$python"
        done
        getent group docker >/dev/null && chroot "$root" groupdel docker
        chroot "$root" useradd --create-home --shell /bin/bash dssuser
        cd "$1/kits"
        for version in 13.5.5 14.2.0; do
            cp -r dss "dataiku-dss-$version"
            printf '{"product_version":"%s","product_commitid":"stand-in"}\n' "$version" >"dataiku-dss-$version/dss-version.json"
            tar -czf "$root/data/dss-archives/dataiku-dss-$version.tar.gz" "dataiku-dss-$version"
            tar -czf "$root/data/dss-archives/dataiku-dss-hadoop-standalone-libs-generic-hadoop3-$version.tar.gz" hadoop
            tar -czf "$root/data/dss-archives/dataiku-dss-spark-standalone-$version-3.5.3-generic-hadoop3.tar.gz" spark
        done
        cd /
        exec chroot "$root" /bin/bash -c 'printf "%s\n" "$0" >&3; exec 3>&-; while read -r _; do :; done' "$own"
        """;

    private sealed class Deaf : IProgress<Happening>
    {
        public void Report(Happening value)
        {
            // What happens on the way is told by other tests.
        }
    }
}
