using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Tests;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A machine with a DSS that can build images, and with the engine of the tests.</summary>
internal sealed class ImageMachine : IAsyncDisposable
{
    private const string Data = "/data/dataiku/dss_data";

    private readonly ScratchMachine files;
    private readonly ResourceId host = new("machine", "host", "vm");

    private ImageMachine(Engine engine, string installId) => (files, InstallId) = (new() { Sockets = [engine.Socket] }, installId);

    /// <summary>Of its own for each machine, so that tests at one engine do not meet.</summary>
    public string InstallId { get; }

    /// <summary>The types that were built so far, in order.</summary>
    public IReadOnlyList<string> Builds => File.Exists(Of("run/builds.log")) ? File.ReadAllLines(Of("run/builds.log")) : [];

    public static async Task<ImageMachine> StartAsync(Engine engine)
    {
        var machine = new ImageMachine(engine, $"Q{Guid.NewGuid():N}"[..9]);
        foreach (var folder in (string[])["bin", "tmp", "run"]) Directory.CreateDirectory(machine.Of(folder));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Kit", "dssadmin"), machine.Of("bin/dssadmin"));
        machine.Write("bin/env-spark.sh", "export DKU_SPARK_ENABLED=true\n");
        machine.Write("install.ini", $"[general]\nnodetype = design\ninstallid = {machine.InstallId}\n");
        machine.Write("dss-version.json", """{"product_version": "14.2.0"}""");
        await machine.RunAsync($"rm -f /etc/*.lock && useradd --create-home --groups docker dssuser && chown -R dssuser: {Data}");
        return machine;
    }

    public string Tag(string kind, string version = "14.2.0") => $"dku-{kind}-base-{InstallId.ToLowerInvariant()}:dss-{version}";

    public void Write(string name, string text) => File.WriteAllText(Of(name), text);

    public void Remove(string name) => File.Delete(Of(name));

    public string Read(string name) => File.ReadAllText(Of(name));

    public bool Has(string path) => File.Exists(files.PathOf(path));

    public async Task<Plan> PlanAsync(params string[] sets)
    {
        await using var machine = Open();
        return await Rollout(machine, sets).PlanAsync(CancellationToken.None);
    }

    public async Task<Report> DeployAsync(params string[] sets)
    {
        await using var machine = Open();
        var rollout = Rollout(machine, sets);
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
        return await rollout.FinishAsync();
    }

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

    private Machine Open() => new(new MachineOptions { Host = host, Scripts = [typeof(BuildImagesTask).Assembly] }, files.Shell, TimeProvider.System);

    private static Rollout Rollout(Machine machine, string[] sets)
    {
        var graph = new Graph([Contents.PartOf(new BuildImagesTask(machine), Examples.Read("reference", ["dss.version=14.2.0", .. sets]))]);
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
