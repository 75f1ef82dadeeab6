using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>How a pod ended.</summary>
/// <param name="Phase">Succeeded, Failed, or the phase in which it was given up.</param>
/// <param name="ExitCode">Of its container; null when that never ended.</param>
public sealed record PodRun(string Phase, int? ExitCode, string Logs)
{
    public string Name { get; init; } = "";

    /// <summary>The node on which it ran; null when none took it.</summary>
    public string? Node { get; init; }

    /// <summary>The image that ran, by digest, as its node tells it.</summary>
    public string? ImageId { get; init; }

    /// <summary>What happened to it, oldest first: <c>FailedScheduling: …</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Why it did not succeed, in words for people; null when it did.</summary>
    public Problem? Problem { get; init; }

    public bool Succeeded => Phase == "Succeeded";
}
