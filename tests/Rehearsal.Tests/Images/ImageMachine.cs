using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A machine with the kit of the sandbox as far as images go, and with the engine of the tests.</summary>
internal sealed class ImageMachine : IAsyncDisposable
{
    private const string Data = "/data/dataiku/dss_data";
    private const string Kit = "/opt/dataiku/dataiku-dss";

    // As the installer writes it.
    private const string Admin = $"""
        #!/bin/bash -e
        export DIP_HOME={Data}
        . "$DIP_HOME/bin/env-site.sh"
        exec {Kit}/scripts/linked/dssadmin "$@"

        """;

    private const string Order = "[+] build-base-image ";

    private readonly ScratchMachine files;
    private readonly ResourceId host = new("machine", "host", "vm");

    private ImageMachine(Engine engine, string installId) => (files, InstallId) = (new() { Sockets = [engine.Socket] }, installId);

    /// <summary>Of its own for each machine, so that tests at one engine do not meet.</summary>
    public string InstallId { get; }

    /// <summary>The types that were built so far, in order.</summary>
    public IReadOnlyList<string> Builds => [.. Orders.Select(order => order["--type=".Length..order.IndexOf(' ', StringComparison.Ordinal)])];

    /// <summary>The options of each build so far, as the kit wrote them down.</summary>
    public IReadOnlyList<string> Orders => File.Exists(Of("run/install.log"))
        ? [.. File.ReadAllLines(Of("run/install.log")).Where(line => line.StartsWith(Order, StringComparison.Ordinal)).Select(line => line[Order.Length..])]
        : [];

    public static async Task<ImageMachine> StartAsync(Engine engine)
    {
        var machine = new ImageMachine(engine, $"Q{Guid.NewGuid():N}"[..9]);
        foreach (var folder in (string[])["bin", "tmp", "run"]) Directory.CreateDirectory(machine.Of(folder));
        machine.LayOutKit();
        machine.Write("bin/dssadmin", Admin);
        machine.Write("bin/env-site.sh", "env | sort >$DIP_HOME/run/environment.log\n");
        machine.Write("bin/env-spark.sh", "export DKU_SPARK_ENABLED=true\n");
        machine.Write("install.ini", $"[general]\nnodetype = design\ninstallid = {machine.InstallId}\n");
        machine.Upgrade("14.2.0");
        await machine.RunAsync($"rm -f /etc/*.lock && useradd --create-home --groups docker dssuser && chown -R dssuser: {Data} && chmod 0755 {Data}/bin/dssadmin");
        return machine;
    }

    public string Tag(string kind, string version = "14.2.0") => $"dku-{kind}-base-{InstallId.ToLowerInvariant()}:dss-{version}";

    /// <summary>DSS and its kit are of that version now.</summary>
    public void Upgrade(string version)
    {
        foreach (var file in (string[])[Of("dss-version.json"), files.PathOf($"{Kit}/dss-version.json")]) File.WriteAllText(file, $$"""{"product_version": "{{version}}"}""");
    }

    /// <summary>Takes a word out of the kit's program for images, as if this DSS did not know it.</summary>
    public void Forget(string word)
    {
        var program = files.PathOf($"{Kit}/resources/container-exec/build-images");
        File.WriteAllText(program, File.ReadAllText(program).Replace(word, "", StringComparison.Ordinal));
    }

    public void Write(string name, string text) => File.WriteAllText(Of(name), text);

    public void Remove(string name) => File.Delete(Of(name));

    public string Read(string name) => File.ReadAllText(Of(name));

    public bool Has(string path) => File.Exists(files.PathOf(path));

    public async Task<Plan> PlanAsync(params string[] sets)
    {
        await using var machine = Open();
        return await Rollout(machine, GraphOf(machine, sets)).PlanAsync(CancellationToken.None);
    }

    public async Task<Report> DeployAsync(params string[] sets)
    {
        await using var machine = Open();
        return await RollAsync(machine, GraphOf(machine, sets));
    }

    /// <summary>Makes what differs of a graph.</summary>
    public static async Task<Report> RollAsync(Machine machine, Graph graph)
    {
        var rollout = Rollout(machine, graph);
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
        return await rollout.FinishAsync();
    }

    /// <summary>The machine as one run works in it.</summary>
    public Machine Open() => new(new MachineOptions { Host = host, Scripts = [typeof(BuildImagesTask).Assembly] }, files.Shell, TimeProvider.System);

    public async Task RunAsync(string script)
    {
        var said = new List<string>();
        var answer = await files.Shell.RunAsync(script, "", new Ear(said.Add), CancellationToken.None);
        Assert.True(answer.ExitCode == 0, $"{answer.Output}{string.Join('\n', said)}");
    }

    public ValueTask DisposeAsync()
    {
        files.Dispose();
        return ValueTask.CompletedTask;
    }

    private void LayOutKit()
    {
        var kit = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "Kit"));
        foreach (var file in kit.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var target = files.PathOf($"{Kit}/{Path.GetRelativePath(kit.FullName, file.FullName)}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
            File.SetUnixFileMode(target, (UnixFileMode)0b111_101_101);
        }
    }

    private static Graph GraphOf(Machine machine, string[] sets) => new([Contents.PartOf(new BuildImagesTask(machine), Examples.Read("reference", ["dss.version=14.2.0", .. sets]))]);

    private static Rollout Rollout(Machine machine, Graph graph)
    {
        // Each trip mounts the files of the machine anew, and two mounts of them at a time would not see each other.
        var options = new RolloutOptions { Width = 1, FirstPause = TimeSpan.FromMilliseconds(20), LookAnew = () => machine.LookAnew(graph.Looked().OfType<MachineResource>()) };
        return new Rollout(graph, options, TimeProvider.System, new Deaf());
    }

    private string Of(string name) => files.PathOf($"{Data}/{name}");

    private sealed class Ear(Action<string> hear) : IProgress<string>
    {
        public void Report(string value) => hear(value);
    }

    private sealed class Deaf : IProgress<Happening>
    {
        public void Report(Happening value)
        {
        }
    }
}
