using System.Text;
using DssPipeline.Convergence;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DssPipeline.Chapters;

/// <summary>The lower edge of a terminal while changes are made: how far the run is, what is being made and since when. What is told scrolls above it.</summary>
public sealed class LiveView : TextWriter, IProgress<Happening>
{
    private const int Shown = 6;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole console;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceId, (Change Change, long Since, string For)> making = [];
    private readonly CancellationTokenSource ended = new();
    private (int Done, int All) progress;
    private LiveDisplayContext? edge;
    private Task shown = Task.CompletedTask;

    public LiveView(IAnsiConsole console, TimeProvider clock) => (this.console, this.clock) = (console, clock);

    public override Encoding Encoding => console.Profile.Encoding;

    public void Report(Happening value)
    {
        // A look after changes is the last: everything is made.
        if (value is LookStarted && edge is not null) End();

        lock (gate) Take(value);
        if (value is ChangeStarted && shown.IsCompleted && !ended.IsCancellationRequested) shown = console.Live(Edge()).AutoClear(enabled: true).StartAsync(KeepAsync);
        edge?.UpdateTarget(Edge());
    }

    public override void Write(char value) => Write($"{value}");

    // The rest of the line is erased: where the text is printed, the edge stood before.
    public override void Write(string? value) => console.Write(new ControlCode((value ?? "").Replace("\n", "\e[K\n", StringComparison.Ordinal)));

    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <summary>Takes the edge away; what was told stays.</summary>
    public void End()
    {
        if (ended.IsCancellationRequested) return;

        ended.Cancel();
        edge = null;
        shown.GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        End();
        ended.Dispose();
        base.Dispose(disposing);
    }

    private async Task KeepAsync(LiveDisplayContext context)
    {
        edge = context;
        using var beat = new PeriodicTimer(Beat, clock);
        try
        {
            while (await beat.WaitForNextTickAsync(ended.Token)) context.UpdateTarget(Edge());
        }
        catch (OperationCanceledException)
        {
            // The run is at its end.
        }
    }

    private void Take(Happening value)
    {
        switch (value)
        {
            case LookEnded look: progress = (0, look.Plan.Changes.Count()); break;
            case ChangeStarted { Change: var change }: making[change.Id] = (change, clock.GetTimestamp(), ""); break;
            case Waiting wait when making.TryGetValue(wait.Id, out var made): making[wait.Id] = made with { For = wait.For }; break;
            case ChangeEnded { Outcome: var outcome }:
                making.Remove(outcome.Id);
                progress.Done++;
                break;
        }
    }

    private Rows Edge()
    {
        lock (gate)
        {
            var lines = making.Values.Take(Shown).Select(Line).Prepend($"  {Math.Min(progress.Done, progress.All)} of {progress.All} done, {making.Count} being made{(making.Count > Shown ? ", the first of them:" : "")}");
            return new([.. lines.Select(line => (IRenderable)new Text(line.Length < console.Profile.Width ? line : $"{line[..(console.Profile.Width - 2)]}…"))]);
        }
    }

    private string Line((Change Change, long Since, string For) made) =>
        $"  {Symbol.Of(made.Change.Verb)} {made.Change.Id}  {Duration.Text(TimeSpan.FromSeconds(Math.Floor(clock.GetElapsedTime(made.Since).TotalSeconds)))}{(made.For.Length > 0 ? $", waiting until {made.For}" : "")}";
}
