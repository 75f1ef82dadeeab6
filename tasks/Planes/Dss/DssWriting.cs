namespace DssPipeline.Planes;

/// <summary>How DSS takes a document back.</summary>
public enum DssWriting
{
    /// <summary>By PUT, as most are.</summary>
    Put,

    /// <summary>By POST to the same path, as the settings of plugins are.</summary>
    Post,
}
