using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The inside of one machine: looked at in one round trip, changed in few.</summary>
public sealed class Machine(MachineOptions options, Shell shell, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A machine that nobody can work in.</summary>
    public static Machine Nowhere(ResourceId host, string why) => new(new() { Host = host, Missing = why }, new ProcessShell("false", []), TimeProvider.System);

    /// <summary>Why nobody can work inside the machine of this run, in words for people; null when somebody can. Then the tasks declare nothing inside it, and say why.</summary>
    public string? Missing => options.Missing;

    /// <summary>What every machine resource lives in.</summary>
    public ResourceId Host => options.Host;

    public Redactor Redactor => options.Redactor;

    /// <summary>Forgets what was seen, and learns for what the next look will be asked, so that one round trip can answer it all.</summary>
    public void LookAnew(IEnumerable<MachineResource> expected)
    {
        if (Missing is null && expected.Any()) throw new NotSupportedException();
    }

    /// <summary>What is there; null when nothing is.</summary>
    public Task<JsonObject?> LookAsync(MachineResource resource, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Makes, changes or drops what the change says, and tells what is there then.</summary>
    public Task<JobAnswer> MakeAsync(MachineResource resource, Change change, CancellationToken cancel) => throw new NotSupportedException($"{shell} {clock}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
