using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DssPipeline.Sandbox.Tests.Registry;

/// <summary>Real programs of the host that find the registry of a sandbox under its real name and trust it, and nobody else notices.</summary>
internal sealed class RegistryTools : IAsyncDisposable
{
    private const string Led = """
        mount --bind "$1" /etc/hosts
        shift
        exec "$@"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly RegistryWorld _world;
    private readonly Relay _relay;
    private Process? _engine;

    private RegistryTools(RegistryWorld world)
    {
        _world = world;
        var address = new IPAddress([127, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(256), (byte)RandomNumberGenerator.GetInt32(1, 255)]);
        _relay = new Relay(Tcp(), new IPEndPoint(address, 443), ConnectAsync);
        File.WriteAllText(Of("hosts"), $"127.0.0.1 localhost\n{address} {RegistryWorld.Host}\n");
    }

    private string Socket => Of("docker.sock");

    public static RegistryTools Of(RegistryWorld world) => new(world);

    public string Of(string name) => Path.Combine(_folder.Path, name);

    public async Task StartEngineAsync()
    {
        string[] network = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none"];
        _engine = Begin("dockerd", [.. network, "--data-root", Of("data"), "--exec-root", Of("exec"), "--pidfile", Of("pid"), "--host", $"unix://{Socket}"]);
        while (await _engine.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.Contains("API listen on", StringComparison.Ordinal)) continue;
            _ = _engine.StandardError.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException("dockerd ended before it was ready.");
    }

    /// <summary>What a program says that must succeed.</summary>
    public async Task<string> MustAsync(string program, params string[] arguments)
    {
        var (code, output) = await RunAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output.Trim();
    }

    public async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            using (Process.Start("kill", [$"{_engine.Id}"])) await _engine.WaitForExitAsync();
            _engine.Dispose();
        }

        await _relay.DisposeAsync();
        _folder.Dispose();
    }

    private Process Begin(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "bash", "-c", Led, "led", Of("hosts"), program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
            Environment = { ["SSL_CERT_FILE"] = _world.Client.Endpoints.CaFile, ["DOCKER_HOST"] = $"unix://{Socket}", ["DOCKER_CONFIG"] = Of("config"), ["HOME"] = _folder.Path },
        };
        return Process.Start(start)!;
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancel)
    {
        var socket = Tcp();
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _world.Client.Endpoints.Registry.Port), cancel);
        return socket;
    }

    private static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
