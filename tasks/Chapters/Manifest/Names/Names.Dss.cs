using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The names of what stands on the machine and is needed by more than one chapter.</summary>
public sealed partial class Names
{
    /// <summary>The unit of systemd that is the engine of Docker.</summary>
    public const string DockerUnit = "docker.service";

    /// <summary>The data directory of DSS, installed and at its version.</summary>
    public ResourceId DssInstallation => new("machine", "dssInstance", Name);

    /// <summary>The key by which this deployment administers DSS.</summary>
    public static ResourceId DssKey => new("machine", "dssApiKey", "dss-pipeline");

    /// <summary>A containerized execution configuration.</summary>
    public static ResourceId ExecutionConfig(string name) => new("dss", "executionConfig", name);

    /// <summary>A Spark configuration.</summary>
    public static ResourceId SparkConfig(string name) => new("dss", "sparkConfig", name);

    /// <summary>The Spark of DSS.</summary>
    public ResourceId DssSpark => new("machine", "dssSpark", Name);

    /// <summary>The engine of Docker, running.</summary>
    public static ResourceId Docker => new("machine", "service", DockerUnit);
}
