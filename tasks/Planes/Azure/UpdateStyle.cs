namespace DssPipeline.Planes;

/// <summary>How a change is brought to an existing thing.</summary>
public enum UpdateStyle
{
    /// <summary>PUT of the wish; the service keeps or resets what is left out.</summary>
    Put,

    /// <summary>PUT of what was observed with the wish laid over it, for services that reset what is left out.</summary>
    PutOverObserved,

    /// <summary>PATCH of the wish, where the service merges.</summary>
    Patch,
}
