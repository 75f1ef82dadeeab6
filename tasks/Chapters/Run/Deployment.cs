using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>One deployment that a run works on: its manifest, the planes that reach it, and how it is told.</summary>
public sealed record Deployment
{
    /// <summary>Null for targets that need none, such as Schema.</summary>
    public Manifest? Manifest { get; init; }

    /// <summary>Where the deployment lives, in a few words: <c>the sandbox in .sandbox</c>.</summary>
    public required string Where { get; init; }

    public required Arm Arm { get; init; }

    /// <summary>The inside of the machine of DSS.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The inside of DSS.</summary>
    public required Dss Dss { get; init; }

    /// <summary>The inside of the clusters.</summary>
    public required Clusters Clusters { get; init; }

    /// <summary>The secrets of the deployment.</summary>
    public required Vault Vault { get; init; }

    /// <summary>What the registries hold.</summary>
    public required ImageRegistry Images { get; init; }

    /// <summary>What the lock of the deployment is made of.</summary>
    public required BlobLeases Leases { get; init; }

    public required Audience Audience { get; init; }

    public required Papers Papers { get; init; }

    /// <summary>The CI system this run is told in; none for a terminal.</summary>
    public CiSystem Ci { get; init; } = CiSystem.None;

    /// <summary>Where people talk about what the run found; nowhere unless that was asked for.</summary>
    public Notices Notices { get; init; } = Notices.Nowhere;

    /// <summary>The deployments that the target Fleet is about; null for every other target.</summary>
    public Fleet? Fleet { get; init; }

    /// <summary>Runs one member of the fleet to its end; null where the CI system's own jobs do.</summary>
    public Func<Ring, Member, Task<MemberRun>>? RunMember { get; init; }

    public RunOptions Options { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken Cancel { get; init; }

    /// <summary>The manifest, for the targets that need one.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public Manifest Needed() => Manifest ?? throw new ProblemException(new Problem(
        "No manifest",
        "This target works on a deployment, and no manifest says which. Name one with --manifest deployment.yml, or rehearse the reference deployment with --sandbox."));
}
