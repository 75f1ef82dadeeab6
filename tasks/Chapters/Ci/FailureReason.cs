namespace DssPipeline.Chapters;

/// <summary>Why a run did not end as wished, in the closed list of words that pipelines branch on.</summary>
public enum FailureReason
{
    None,

    /// <summary>Something could not be looked at or made.</summary>
    Failed,

    /// <summary>Plan and Drift: there are differences.</summary>
    Differs,

    /// <summary>The manifest or the command line is wrong.</summary>
    Usage,

    /// <summary>A change is refused.</summary>
    Refused,

    /// <summary>The plan is not the one that was approved.</summary>
    NotApproved,

    /// <summary>Another run holds the lock.</summary>
    Locked,

    /// <summary>The run was ended from outside.</summary>
    Cancelled,
}

/// <summary>The words of the reasons.</summary>
public static class FailureReasons
{
    public static FailureReason Of(ExitCode code) => code switch
    {
        ExitCode.AsWished => FailureReason.None,
        ExitCode.Differs => FailureReason.Differs,
        ExitCode.Unusable => FailureReason.Usage,
        ExitCode.Refused => FailureReason.Refused,
        ExitCode.Locked => FailureReason.Locked,
        ExitCode.Cancelled => FailureReason.Cancelled,
        _ => FailureReason.Failed,
    };

    public static string Word(this FailureReason reason) => reason switch
    {
        FailureReason.NotApproved => "not-approved",
        _ => $"{reason}".ToLowerInvariant(),
    };
}
