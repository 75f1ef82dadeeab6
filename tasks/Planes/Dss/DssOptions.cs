using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What the DSS plane needs to know about this run.</summary>
public sealed record DssOptions
{
    /// <summary>The DSS instance: what every DSS object lives in.</summary>
    public required ResourceId Host { get; init; }

    /// <summary>Why nobody can ask DSS in this run, in words for people; null when somebody can. Then the tasks declare nothing inside it, and say why.</summary>
    public string? Missing { get; init; }

    /// <summary>Where DSS is: its address up to and without <c>/public/api</c>. Plain http only to the machine that asks, or into a tunnel whose end is called localhost.</summary>
    public required Uri Address { get; init; }

    /// <summary>The key of an administrator, asked for when it is first needed and again when DSS refuses it; null when there is none yet.</summary>
    public required Func<CancellationToken, Task<Secret?>> Key { get; init; }

    /// <summary>A way to a port of DSS that takes the place of a connection to its address, such as a channel of ssh.</summary>
    public Func<int, CancellationToken, ValueTask<Stream>>? Connect { get; init; }

    /// <summary>Asks the machine where DSS is served when it is not found at its address, as before a change of its port, its https or its certificate; null when nobody can tell.</summary>
    public Func<CancellationToken, Task<DssPlace?>>? Served { get; init; }

    /// <summary>What the way needs for itself, closed with the plane.</summary>
    public IAsyncDisposable? Way { get; init; }

    /// <summary>Which certificates are taken for DSS's own.</summary>
    public DssTrust Trust { get; init; } = new();

    public Redactor Redactor { get; init; } = new();

    /// <summary>How often and how long a request is repeated that DSS could not take.</summary>
    public RetryOptions Retry { get; init; } = new() { Longest = TimeSpan.FromSeconds(15), Deadline = TimeSpan.FromMinutes(3) };

    /// <summary>One POST. Some of them answer only when all is done: the start of a cluster takes ten minutes.</summary>
    public TimeSpan LongCall { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>How long DSS has to take that a task is left which nobody waits for any longer.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How clusters are followed that are started or stopped.</summary>
    public DssClusterWaits Clusters { get; init; } = new();

    /// <summary>The version whose settings are written; null when none are. DSS keeps them elsewhere from 15 on, so one on the other side is refused.</summary>
    public DssVersion? Wished { get; init; }

    /// <summary>Whether a version that this plane does not know is tried all the same.</summary>
    public bool AnyVersion { get; init; }

    /// <summary>Hears what is waited for.</summary>
    public IProgress<Wait>? Waiting { get; init; }
}
