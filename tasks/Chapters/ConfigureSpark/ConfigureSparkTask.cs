using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Spark on Kubernetes and the metastore in DSS.</summary>
[TaskName("ConfigureSpark"), TaskDescription("Planned, not part of this version yet: Spark on Kubernetes and the metastore in DSS")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(InstallDssTask))]
public sealed class ConfigureSparkTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: sets up Spark on Kubernetes and the metastore in DSS";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
