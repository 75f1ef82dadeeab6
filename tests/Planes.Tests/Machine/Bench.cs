namespace DssPipeline.Planes.Tests;

/// <summary>A machine plane over bash itself, with a folder for what its probes write.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private const string Locks = "/run/dss-pipeline";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("machine-tests-");
    private readonly Heard heard = new();
    private readonly string own = $"test-{Guid.NewGuid():n}";

    public Bench()
        : this(new ProcessShell("bash", ["-s"]))
    {
    }

    public Bench(Shell shell, TimeProvider? clock = null)
    {
        Shell = new CountingShell(shell);
        Machine = new(new() { Host = Probe.Host, Scripts = [typeof(Probe).Assembly], Redactor = Redactor, Waiting = heard }, Shell, clock ?? TimeProvider.System);
    }

    public CountingShell Shell { get; }

    public Redactor Redactor { get; } = new();

    public Machine Machine { get; }

    public IReadOnlyList<Wait> Waits => heard.Waits;

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Text(string name) => File.ReadAllText(PathOf(name));

    public Probe Note(string name, string line = "line") => new(Machine, "note", name, new() { { "path", PathOf(name) }, { "line", line } }) { Turn = TurnOf(name) };

    public Probe Echo(string name, params string[] items) => new(Machine, "echo", name, new() { { "item", items } }) { Turn = TurnOf(name) };

    /// <summary>A lock of this bench alone: all tests share one host.</summary>
    public string TurnOf(string name) => $"{own}-{name}";

    /// <summary>A make that goes on until <see cref="OpenAsync"/>; from <see cref="BegunAsync"/> on it is under way.</summary>
    public Probe Gate(string name, bool isLong = true) =>
        new(Machine, "gate", name, new() { { "begun", Fifo($"{name}.begun") }, { "open", Fifo($"{name}.open") }, { "done", PathOf($"{name}.done") } }) { TakesLong = isLong, Turn = TurnOf(name) };

    // Opening a pipe waits for its other end, and no thread of the tests must.
    public Task BegunAsync(string name) => Task.Run(() => File.ReadAllText(PathOf($"{name}.begun")));

    public Task OpenAsync(string name) => Task.Run(() => File.WriteAllText(PathOf($"{name}.open"), "go\n"));

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        folder.Delete(recursive: true);
        if (Directory.Exists(Locks)) foreach (var file in Directory.EnumerateFiles(Locks, $"{own}-*")) File.Delete(file);
    }

    private string Fifo(string name)
    {
        if (File.Exists(PathOf(name))) return PathOf(name);

        using var making = System.Diagnostics.Process.Start("mkfifo", [PathOf(name)]);
        making.WaitForExit();
        return PathOf(name);
    }

    private sealed class Heard : IProgress<Wait>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Wait> waits = [];

        public IReadOnlyList<Wait> Waits => [.. waits];

        public void Report(Wait value) => waits.Enqueue(value);
    }
}
