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

    /// <summary>Hears what a long job is doing.</summary>
    public IProgress<Wait>? Waiting { get; init; }
}
