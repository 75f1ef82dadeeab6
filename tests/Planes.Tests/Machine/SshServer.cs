using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A real sshd on loopback with a host key of its own, which lets root in with one key.</summary>
internal sealed class SshServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sshd-");
    private Process? daemon;

    private SshServer()
    {
    }

    public int Port { get; private set; }

    public string Log => Path.Combine(folder.FullName, "log");

    public string IdentityFile => Path.Combine(folder.FullName, "user");

    public Secret PrivateKey => new(File.ReadAllText(IdentityFile));

    /// <summary>Kind and key, as pinned.</summary>
    public string HostKey => KeyIn("host.pub");

    public bool IsRunning => daemon is { HasExited: false };

    /// <summary>The processes that serve connections, one for each.</summary>
    public IReadOnlyList<int> Sessions => [.. Children(daemon!.Id)];

    public SshAddress Address => new("vm-test", "127.0.0.1", Port, HostKey);

    public SshOptions Options => new() { User = "root", Address = _ => Task.FromResult<SshAddress?>(Address), PrivateKey = _ => Task.FromResult(PrivateKey) };

    public static async Task<SshServer> StartAsync()
    {
        var server = new SshServer();
        await server.MakeKeyAsync("host");
        await server.MakeKeyAsync("user");
        server.Port = FreePort();
        await server.BeginAsync();
        return server;
    }

    public async Task BeginAsync()
    {
        // The directory belongs to the package, which makes it at boot; it stays empty.
        Directory.CreateDirectory("/run/sshd");
        var configuration = Path.Combine(folder.FullName, "conf");
        await File.WriteAllTextAsync(configuration, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {folder.FullName}/host
            AuthorizedKeysFile {folder.FullName}/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            LogLevel DEBUG1
            """);
        daemon = Process.Start("/usr/sbin/sshd", ["-D", "-E", Log, "-f", configuration]);
        while (IsRunning && !await AnswersAsync()) await Task.Yield();
        Assert.True(IsRunning, File.Exists(Log) ? await File.ReadAllTextAsync(Log) : "sshd did not start");
    }

    /// <summary>Ends the service; connections that are open stay.</summary>
    public async Task StopAsync()
    {
        if (daemon is null) return;

        daemon.Kill();
        await daemon.WaitForExitAsync();
    }

    /// <summary>Makes another host key, as a machine made anew has.</summary>
    public async Task ChangeHostKeyAsync()
    {
        await StopAsync();
        File.Delete(Path.Combine(folder.FullName, "host"));
        await MakeKeyAsync("host");
        await BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) foreach (var session in Sessions) End(session);
        await StopAsync();
        daemon?.Dispose();
        folder.Delete(recursive: true);
    }

    public static void End(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill(entireProcessTree: false);
    }

    /// <summary>Processes that this one started.</summary>
    public static IEnumerable<int> Children(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    private string KeyIn(string file) => string.Join(' ', File.ReadAllText(Path.Combine(folder.FullName, file)).Split(' ').Take(2)).Trim();

    private async Task MakeKeyAsync(string name)
    {
        using var making = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", Path.Combine(folder.FullName, name)]);
        await making.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
