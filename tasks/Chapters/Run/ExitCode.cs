namespace DssPipeline.Chapters;

/// <summary>What the exit code of a run says.</summary>
public enum ExitCode
{
    /// <summary>The world is as the manifest wishes.</summary>
    AsWished = 0,

    /// <summary>Something could not be looked at or made.</summary>
    Failed = 1,

    /// <summary>Plan and Drift: there are differences.</summary>
    Differs = 2,

    /// <summary>The manifest or the command line is wrong; nothing was asked.</summary>
    Unusable = 3,

    /// <summary>A change is refused; nothing was touched.</summary>
    Refused = 4,

    /// <summary>Another run holds the lock of this deployment.</summary>
    Locked = 5,

    /// <summary>The run was ended from outside.</summary>
    Cancelled = 130,
}
