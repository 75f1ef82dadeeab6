using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Containerized execution in DSS.</summary>
[TaskName("ConfigureContainers"), TaskDescription("Planned, not part of this version yet: containerized execution configuration in DSS")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(InstallDssTask))]
public sealed class ConfigureContainersTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: sets up containerized execution in DSS";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
