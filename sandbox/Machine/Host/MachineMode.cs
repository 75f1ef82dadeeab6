namespace DssPipeline.Sandbox;

/// <summary>What stands behind the virtual machines of a sandbox.</summary>
public enum MachineMode
{
    /// <summary>Nothing: they exist in Resource Manager only.</summary>
    None,

    /// <summary>A Linux of its own for each, made with namespaces over the host's programs.</summary>
    Namespaces,
}
