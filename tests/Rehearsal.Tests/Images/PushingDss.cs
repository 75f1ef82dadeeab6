using System.Net.Sockets;
using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Chapters.Tests;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;
using DssPipeline.Sandbox;
using DssPipeline.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A machine with the engine of the tests, and a DSS of the sandbox whose docker is that engine's.</summary>
internal sealed class PushingDss : IAsyncDisposable
{
    private readonly TestDss server;
    private readonly DirectoryInfo folder;
    private readonly RegistryDoor door;

    private PushingDss(TestDss server, ImageMachine machine, DirectoryInfo folder, RegistryDoor door) => (this.server, Machine, this.folder, this.door) = (server, machine, folder, door);

    public ImageMachine Machine { get; }

    /// <summary>How often DSS was asked to push.</summary>
    public int Pushes => server.Requests.Count(request => request.Path.EndsWith("push-base-images", StringComparison.Ordinal));

    /// <param name="elsewhere">Where DSS pushes to by its settings; null for the registry of the tests.</param>
    public static async Task<PushingDss> StartAsync(Engine engine, string? elsewhere = null)
    {
        var place = Directory.CreateTempSubdirectory("pushing-");
        var docker = Path.Combine(place.FullName, "docker");
        await File.WriteAllTextAsync(docker, $"#!/bin/sh\nexport DOCKER_HOST=unix://{engine.Socket}\nexec docker \"$@\"\n");
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var machine = await ImageMachine.StartAsync(engine);
        var dss = await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = "14.2.0", Docker = docker });
        var pushing = new PushingDss(dss, machine, place, await RegistryDoor.OpenAsync(engine.Registry));
        await pushing.ConfigureAsync(elsewhere ?? engine.Registry);
        return pushing;
    }

    /// <summary>Builds and pushes what the tasks find to differ from the manifest. DSS signs in itself where it has to; here it has not.</summary>
    public Task<Report> RunAsync(params string[] sets) => RunAsync(Options, TimeProvider.System, sets);

    /// <summary>The same by a run that is killed with the answer of DSS to its n-th request.</summary>
    public Task<Report> RunUntilAsync(int requests)
    {
        var connect = DyingStream.After(requests, ConnectAsync);
        return RunAsync(Options with { Connect = (_, cancel) => connect(cancel) }, new SkippingClock(), []);
    }

    private DssOptions Options => new() { Host = new("dss", "instance", "here"), Address = server.Address, Key = _ => Task.FromResult<Secret?>(new(server.AdminKey)) };

    private async Task<Report> RunAsync(DssOptions options, TimeProvider clock, string[] sets)
    {
        await using var machine = Machine.Open();
        await using var dss = new Dss(options, clock);
        var manifest = Examples.Read("reference", ["dss.version=14.2.0", "containers.executionConfigs[kubernetes].prePush=acr", "spark.configs[spark-on-k8s].prePush=acr", .. sets]);
        var images = new ImageRegistry(AzureEndpoints.Public with { Registry = door.Address }, Azure.Core.DelegatedTokenCredential.Create((_, _) => new("token", DateTimeOffset.MaxValue)), new());
        return await ImageMachine.RollAsync(machine, new Graph([Contents.PartOf(new BuildImagesTask(machine), manifest), Contents.PartOf(new PushImagesTask(machine, dss, images), manifest)]));
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", server.Address.Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await door.DisposeAsync();
        await Machine.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task ConfigureAsync(string target)
    {
        var settings = await server.MustAsync("GET", "admin/general-settings");
        settings["containerSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "kubernetes", ["type"] = "KUBERNETES", ["repositoryURL"] = target, ["prePushMode"] = "NONE", ["baseImage"] = Machine.Tag("exec") });
        settings["sparkSettings"]!["executionConfigs"] = new JsonArray(new JsonObject { ["name"] = "spark", ["kubernetesSettings"] = new JsonObject { ["managedKubernetes"] = true, ["repositoryURL"] = target, ["prePushMode"] = "NONE", ["baseImage"] = Machine.Tag("spark") } });
        await server.MustAsync("PUT", "admin/general-settings", settings);
    }
}
