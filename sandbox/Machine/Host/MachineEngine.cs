namespace DssPipeline.Sandbox;

/// <summary>What answers to docker in a machine once it is installed there.</summary>
public enum MachineEngine
{
    /// <summary>A stand-in, which keeps what images say of themselves and nothing of what is in them.</summary>
    StandIn,

    /// <summary>The dockerd of the host, run inside the machine.</summary>
    Real,
}
