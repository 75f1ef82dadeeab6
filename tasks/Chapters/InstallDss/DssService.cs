using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The running DSS: started by systemd after the newest change of what it reads, and answering.</summary>
public sealed class DssService(Machine machine, DssHome home) : DssResource(machine, home, "dssService", DssHome.Unit)
{
    /// <summary>What a restart of DSS costs.</summary>
    public const string Away = "DSS restarts: it is away for about 2 minutes, and running jobs are ended.";

    private bool started;

    /// <summary>Files that DSS reads when it starts.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    // A first start on a cold disk takes up to ten minutes.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(15);

    public override JsonNode Desired => Json.Of(new { enabled = "enabled", active = "active", runs = "what is on disk", answers = "yes" });

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => difference.Path is "/runs") ? Away : null;

    /// <summary>A DSS that was started and is down again does not come up by waiting.</summary>
    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        started && $"{observed?["active"]}" is var active && active is not ("active" or "activating" or "reloading")
            ? new Problem(
                "DSS does not come up",
                $"{Id}: DSS in {Home.Data} was started and is {active}. Its last words: {Words(observed)} Read {Home.Data}/run/backend.log and journalctl -u {DssHome.Unit}, mend what they name, then run again.")
            : null;

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("file", Reads);
            return values;
        }
    }

    protected override Task MadeAsync(JobAnswer answer, CancellationToken cancel)
    {
        started = true;
        return Task.CompletedTask;
    }

    private static string Words(JsonNode? observed) => $"{observed?["lastWords"]}" is { Length: > 0 } words ? $"\"{words.ReplaceLineEndings(" ")}\"." : "none.";
}
