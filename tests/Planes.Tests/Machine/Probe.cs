using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A machine resource of a test, of the kinds in <c>Scripts/</c> beside it.</summary>
internal sealed class Probe(Machine machine, string kind, string name, JobValues values) : MachineResource(machine, kind, name)
{
    public static ResourceId Host { get; } = new("machine", "host", "vm-test");

    public bool TakesLong { get; init; }

    public string? Turn { get; init; }

    public Exception? Trouble { get; init; }

    public JobAnswer? Made { get; private set; }

    public override bool IsLong => TakesLong;

    public override string? MachineLock => Turn;

    public override JsonNode? Desired => Json.Of(new { });

    public override Task<JobValues> AskingAsync(CancellationToken cancel) => Trouble is null ? Task.FromResult(values) : Task.FromException<JobValues>(Trouble);

    public Task<JsonNode?> LookAsync() => ObserveAsync(default);

    public Task MakeAsync(Verb verb = Verb.Create, CancellationToken cancel = default) => ApplyAsync(new(this, verb, Desired, null, []), cancel);

    protected override Task MadeAsync(JobAnswer answer, CancellationToken cancel)
    {
        Made = answer;
        return Task.CompletedTask;
    }
}
