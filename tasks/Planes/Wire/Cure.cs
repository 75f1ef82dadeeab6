namespace DssPipeline.Planes;

/// <summary>What time may cure.</summary>
public enum Cure
{
    /// <summary>Something else is being done to the same thing.</summary>
    Busy,

    /// <summary>What was made a moment ago is not known everywhere yet.</summary>
    Replication,

    /// <summary>What was granted a moment ago is not honoured yet.</summary>
    Grant,

    /// <summary>A lock taken off a moment ago still holds.</summary>
    Unlock,

    /// <summary>What was registered a moment ago is not known everywhere yet.</summary>
    Registration,

    /// <summary>A machine that is starting, or a connection that broke.</summary>
    Connection,
}
