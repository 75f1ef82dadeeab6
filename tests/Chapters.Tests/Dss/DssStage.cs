using System.Net.Sockets;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>A DSS of the sandbox, and runs of a few resources against it by the real engine and the real client.</summary>
internal sealed class DssStage : IAsyncDisposable, IProgress<Happening>
{
    public static readonly ResourceId Host = new("machine", "dssRunning", "here");

    private readonly List<Dss> planes = [];

    // A server that starts again makes itself another key; ours stays what it was.
    private readonly string key;

    private DssStage(TestDss server) => (Server, key) = (server, server.AdminKey);

    private static RetryOptions Hasty => new() { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(1) };

    public TestDss Server { get; }

    /// <summary>The clock that clients wait by which nobody kills.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>A vault that nobody asks: the secrets of these tests are known since reading.</summary>
    public static Vault Vault { get; } = new(AzureEndpoints.Public, new AnyToken(), new());

    public static async Task<DssStage> StartAsync(string habits = "", string version = "14.2.0") => new(await TestDss.StartAsync(version, habits));

    public static DssStage Over(TestDss server) => new(server);

    /// <summary>One that is asked for one thing after the other, in the same order each time.</summary>
    public static DssStage InOrder(TestDss server) => new(server) { Width = 1, Clock = new SkippingClock() };

    /// <summary>Something that others make, and that is there.</summary>
    public static Resource There(ResourceId id) => new Standing(id);

    /// <summary>A client of a run of its own. With <paramref name="requests"/> it dies with the answer to that one.</summary>
    public Dss Client(int requests = int.MaxValue) => Client(Host, requests);

    /// <summary>A client for resources that live in another host.</summary>
    public Dss Client(ResourceId host, int requests = int.MaxValue) => requests == int.MaxValue
        ? Client(host, null, new(), Clock)
        : Client(host, DyingStream.After(requests, ConnectAsync), Hasty, new SkippingClock());

    /// <summary>A client of a run that writes settings as this version keeps them.</summary>
    public Dss Client(DssVersion wished) => Client(Host, null, new(), Clock, wished);

    /// <summary>A client whose connections are bent on their way.</summary>
    public Dss Client(Func<Func<CancellationToken, ValueTask<Stream>>, Func<CancellationToken, ValueTask<Stream>>> bend) => Client(Host, bend(ConnectAsync), Hasty, TimeProvider.System);

    private Dss Client(ResourceId host, Func<CancellationToken, ValueTask<Stream>>? connect, RetryOptions retry, TimeProvider clock, DssVersion? wished = null)
    {
        var plane = new Dss(
            new DssOptions
            {
                Host = host,
                Address = Server.Address,
                Key = _ => Task.FromResult<Secret?>(new(key)),
                Clusters = new() { First = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromMilliseconds(200), Grace = TimeSpan.FromSeconds(2) },
                Retry = retry,
                Wished = wished,
                Connect = connect is null ? null : (_, cancel) => connect(cancel),
            },
            clock);
        planes.Add(plane);
        return plane;
    }

    /// <summary>The plan of these resources, their host standing.</summary>
    public async Task<Plan> PlanAsync(IEnumerable<Resource> resources, params IEnumerable<LeftoverSearch> searches)
    {
        var plan = await RolloutOf(resources, searches, []).PlanAsync(CancellationToken.None);
        return new([.. plan.Parts.Skip(1)]);
    }

    /// <summary>Makes what differs, and tells what failed: nothing when all went well.</summary>
    public async Task<string> MakeAsync(IEnumerable<Resource> resources, IReadOnlyList<LeftoverSearch>? searches = null, params IEnumerable<ResourceId> mayGo)
    {
        try
        {
            var rollout = RolloutOf(resources, searches ?? [], mayGo);
            rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
            return Stage.Failures(await rollout.FinishAsync());
        }
        catch (ProblemException failure)
        {
            return failure.Message;
        }
    }

    public async Task<JsonNode?> SeeAsync(string path) => (await Server.AskAsync("GET", path)).Body;

    /// <summary>Changes a document as somebody else would.</summary>
    public async Task BendAsync(string path, Action<JsonNode> bend, string method = "PUT")
    {
        var document = await Server.MustAsync("GET", path);
        bend(document);
        await Server.MustAsync(method, path, document);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var plane in planes) await plane.DisposeAsync();
        await Server.DisposeAsync();
    }

    public void Report(Happening value)
    {
    }

    /// <summary>How many things are asked of DSS at a time.</summary>
    public int Width { get; init; } = new RolloutOptions().Width;

    private Rollout RolloutOf(IEnumerable<Resource> resources, IEnumerable<LeftoverSearch> searches, IEnumerable<ResourceId> mayGo)
    {
        var all = resources.ToList();
        var host = all.Where(resource => resource.Id == Host).DefaultIfEmpty(new Standing(Host)).Where(resource => !all.Contains(resource));
        var parts = new[] { new Part("Below", "what these stand on", [.. host], []), new Part("Part", "the resources of the test", all, [.. searches]) };
        return new(new Graph(parts), new RolloutOptions { Width = Width, LookWidth = Width, Permissions = new(new HashSet<ResourceId>(), new HashSet<ResourceId>(mayGo)) }, new SkippingClock(), this);
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", Server.Address.Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Something that is there.</summary>
    private sealed class Standing(ResourceId id) : Resource(id)
    {
        public override JsonNode Desired => new JsonObject();

        public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => Task.FromResult<JsonNode?>(new JsonObject());

        public override Task ApplyAsync(Change change, CancellationToken cancel) => Task.CompletedTask;
    }
}
