using System.Reflection;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What the machine plane needs to know about this run.</summary>
public sealed record MachineOptions
{
    /// <summary>The inside of the machine: what every machine resource lives in.</summary>
    public required ResourceId Host { get; init; }

    /// <summary>Why nobody can work inside the machine, in words for people; null when somebody can.</summary>
    public string? Missing { get; init; }

    /// <summary>Assemblies that bring scripts of further kinds.</summary>
    public IReadOnlyList<Assembly> Scripts { get; init; } = [];

    public Redactor Redactor { get; init; } = new();

    /// <summary>How long a machine that does not answer is waited for, and how often a trip that broke is made again.</summary>
    public RetryOptions Retry { get; init; } = new() { Longest = TimeSpan.FromSeconds(15) };

    /// <summary>How long a machine that was there before this run is waited for until it has answered once. One that the run makes or starts may take as long as any.</summary>
    public TimeSpan FirstPatience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a short trip may go on after the run was ended.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Hears what a long job is doing.</summary>
    public IProgress<Wait>? Waiting { get; init; }
}
