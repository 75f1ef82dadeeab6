namespace DssPipeline.Chapters;

/// <summary>What happens to a running deployment when a key changes.</summary>
public enum Effect
{
    /// <summary>The remote takes the new value while everything keeps running.</summary>
    InPlace,

    /// <summary>The machine, DSS or a node pool restarts to take it.</summary>
    Restart,

    /// <summary>The remote fixed it at birth: refused, unless policy.allowReplace names the resource.</summary>
    Refused,

    /// <summary>A resource of the new name is made; the one of the old name is then a leftover that only policy.allowDelete lets go.</summary>
    NewName,

    /// <summary>Only the run itself behaves differently.</summary>
    RunOnly,
}
