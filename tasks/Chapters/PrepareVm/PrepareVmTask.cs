using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The machine DSS runs on: its network interface, its disks, and the machine itself.</summary>
[TaskName("PrepareVm"), TaskDescription("Virtual machine of DSS with its data disk and network interface (inside the machine: planned)")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask))]
public sealed class PrepareVmTask(Arm arm) : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: Docker CE, kubectl, az, dssuser, limits and mounts inside the machine";

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        yield return new NetworkInterface(arm, manifest);
        yield return new DataDisk(arm, manifest);
        if (new MarketplaceImage(arm, manifest).MayHavePlan) yield return new MarketplaceTerms(arm, manifest);
        yield return new VirtualMachine(arm, manifest);
    }
}
