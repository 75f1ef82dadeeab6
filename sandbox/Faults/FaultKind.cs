namespace DssPipeline.Sandbox;

/// <summary>What a fault does to the request it meets.</summary>
public enum FaultKind
{
    /// <summary>Answer with a status instead of doing the work.</summary>
    Status,

    /// <summary>Close the connection without doing the work.</summary>
    DropBefore,

    /// <summary>Do the work, then close the connection without an answer.</summary>
    DropAfter,

    /// <summary>Answer late.</summary>
    Slow,

    /// <summary>Give the answer of the GET before, as a replica that lags behind would.</summary>
    Stale,

    /// <summary>Accept the request, then let its long-running operation fail.</summary>
    FailOperation,

    /// <summary>Issue a token that expires soon.</summary>
    ShortToken,

    /// <summary>Forbid the data planes, as they do until a new role assignment has spread.</summary>
    RoleDelay,

    /// <summary>Send half of the answer, then close the connection.</summary>
    Cut,

    /// <summary>The machine goes down and comes up again.</summary>
    Reboot,

    /// <summary>The data disks of the machine are filled to the last byte.</summary>
    DiskFull,

    /// <summary>What filled the data disks is removed.</summary>
    DiskFree,

    /// <summary>The machine refuses connections to its ssh.</summary>
    DeadSsh,

    /// <summary>An ssh connection breaks in the middle.</summary>
    CutSsh,

    /// <summary>The package manager that runs next is killed.</summary>
    KillDnf,

    /// <summary>Another process holds the lock of the package manager.</summary>
    DnfLocked,

    /// <summary>Each package takes long.</summary>
    SlowDnf,

    /// <summary>DSS starts and never answers.</summary>
    DssNeverUp,

    /// <summary>The sandbox itself ends at once, as if it were killed, and its machines with it.</summary>
    Crash,
}
