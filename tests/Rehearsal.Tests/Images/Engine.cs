using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A real dockerd and a real registry of their own, which end with the tests.</summary>
public sealed partial class Engine : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-");
    private Daemon docker = null!;
    private Daemon registry = null!;

    public string Socket => Path.Combine(folder.FullName, "docker.sock");

    /// <summary>Host and port of the registry.</summary>
    public string Registry { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string[] network = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none"];
        string[] places = ["--data-root", Of("data"), "--exec-root", Of("exec"), "--pidfile", Of("pid"), "--host", $"unix://{Socket}"];
        docker = await Daemon.StartAsync("dockerd", "API listen on", [.. network, .. places]);
        await File.WriteAllTextAsync(Of("registry.yml"), $"version: 0.1\nstorage: {{ filesystem: {{ rootdirectory: {Of("registry")} }} }}\nhttp: {{ addr: 127.0.0.1:0 }}\n");
        registry = await Daemon.StartAsync("docker-registry", "listening on", "serve", Of("registry.yml"));
        Registry = Address().Match(registry.Ready).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await registry.DisposeAsync();
        await docker.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>What docker says, as somebody else at the same engine.</summary>
    public Task<string> DockerAsync(params IReadOnlyList<string> arguments) => SayAsync("docker", arguments);

    public Task<string> SkopeoAsync(params IReadOnlyList<string> arguments) => SayAsync("skopeo", arguments);

    /// <summary>Every image that has a name, without what is in it.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync() =>
        [.. (await DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private async Task<string> SayAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOCKER_HOST"] = $"unix://{Socket}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors}");
    }

    private string Of(string name) => Path.Combine(folder.FullName, name);

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
