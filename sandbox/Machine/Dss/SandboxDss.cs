using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>How a DSS outside of any machine is started.</summary>
public sealed record SandboxDssOptions
{
    /// <summary>Its data directory; what an earlier one left there is found again.</summary>
    public required string Folder { get; init; }

    public string Version { get; init; } = "13.5.5";

    /// <summary>Its bad habits, such as <c>redact-secrets,404-for-missing</c>; kept with its data.</summary>
    public string? Habits { get; init; }

    public Faults Faults { get; init; } = new(0);

    /// <summary>What somebody does before a request (its method and path) is looked at; the request waits for it.</summary>
    public Func<string, string, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Who hears of each request as it arrives over the wire: its method, its path, and what it sends as text. Null for nobody.</summary>
    public Action<string, string, string>? Tap { get; init; }

    /// <summary>The sandbox whose Azure it reaches; null for none.</summary>
    public SandboxEndpoints? Azure { get; init; }

    /// <summary>What happens before a request of DSS and its plugins leaves for Azure; the request waits for it, until DSS ends.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task> Outward { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The program that it runs for kubectl.</summary>
    public string Kubectl { get; init; } = "kubectl";

    /// <summary>The Python interpreters of its machine, as DSS calls them.</summary>
    public IReadOnlyList<string> Pythons { get; init; } = ["PYTHON39", "PYTHON311"];

    /// <summary>The program that it runs for docker.</summary>
    public string Docker { get; init; } = "docker";
}

/// <summary>A DSS in this process, over a folder, for clients that need no machine around it.</summary>
public sealed class SandboxDss : IAsyncDisposable
{
    private readonly DssServer _server;
    private readonly ConcurrentQueue<LoggedRequest> _requests;

    private SandboxDss(DssServer server, ConcurrentQueue<LoggedRequest> requests, string key) => (_server, _requests, AdminKey) = (server, requests, key);

    public Uri Address => new($"http://127.0.0.1:{_server.Data.Port}/");

    /// <summary>The port of its backend: the same API, which no fault, no gateway and nobody's <see cref="SandboxDssOptions.Before"/> stands before.</summary>
    public Uri Backend => new($"http://127.0.0.1:{_server.Data.Port + 1}/");

    /// <summary>The secret of an API key that may do everything.</summary>
    public string AdminKey { get; }

    public string Folder => _server.Data.Root;

    /// <summary>The requests to its public API so far.</summary>
    public IReadOnlyList<LoggedRequest> Requests => [.. _requests];

    public static async Task<SandboxDss> StartAsync(SandboxDssOptions options, CancellationToken cancel)
    {
        var data = new DssDataDirectory(options.Folder);
        LayOut(data, options);
        var requests = new ConcurrentQueue<LoggedRequest>();
        var outside = new DssOutside { Watch = new DssNearWatch(options.Faults, requests, options.Before, options.Tap), Kubectl = options.Kubectl, Docker = options.Docker, HasPython = options.Pythons.Contains };
        if (options.Azure is { } azure) outside = outside with { Connections = () => new Leaving(options.Outward) { InnerHandler = SandboxTransport.Handler(azure) } };
        return new SandboxDss(await ServeAsync(data, outside, cancel), requests, new DssKeys(data).Create("admin", "").Secret!);
    }

    /// <summary>The plain text of a secret as its files keep it.</summary>
    public string Open(string kept) => new DssSecrets(_server.Data, () => new DssHabits()).Open(kept);

    /// <summary>Turns its habits while it runs.</summary>
    public void Behave(string habits) => Keep(_server.Data, habits);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // Two neighbouring ports are wanted; another process may take one of them between the look and the start.
    private static async Task<DssServer> ServeAsync(DssDataDirectory data, DssOutside outside, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await DssServer.StartAsync(data, outside, cancel);
            }
            catch (IOException) when (attempt < 20)
            {
                WritePort(data);
            }
        }
    }

    private static void LayOut(DssDataDirectory data, SandboxDssOptions options)
    {
        foreach (var folder in (string[])["config", "run", "install-support", "tmp"]) Directory.CreateDirectory(data.PathOf(folder));
        if (options.Habits is { } habits) Keep(data, habits);
        data.Write("dss-version.json", new JsonObject { ["product_version"] = options.Version });
        if (File.Exists(data.PathOf("install.ini"))) return;

        data.WriteText("install.ini", $"[general]\nnodetype = design\ninstallid = {Guid.NewGuid().ToString("N")[..24]}\n");
        data.WriteText("run/shared-secret.txt", Guid.NewGuid().ToString("N"));
        data.WriteText("config/license.json", """{"content":{"expiresOn":"20991231"}}""");
        WritePort(data);
    }

    private static void Keep(DssDataDirectory data, string habits)
    {
        DssHabits.Parse(habits, word => throw new FormatException($"'{word}' is no habit of DSS; the habits are {string.Join(", ", DssHabits.Names)}."));
        data.WriteText(DssDataDirectory.HabitsFile, habits);
    }

    private static void WritePort(DssDataDirectory data)
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        data.WriteText("install-support/server.conf", $"port = {((IPEndPoint)free.LocalEndPoint!).Port}\n");
    }

    private sealed class Leaving(Func<HttpRequestMessage, CancellationToken, Task> before) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await before(request, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
