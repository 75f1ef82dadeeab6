using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The machine DSS runs on: its network interface, its disks, the machine itself, and what DSS needs inside it.</summary>
[TaskName("PrepareVm"), TaskDescription("Virtual machine of DSS with its data disk, Docker CE, kubectl, az, dssuser, limits and packages")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask))]
public sealed class PrepareVmTask(Arm arm, Machine machine) : ConvergingTask
{
    public override string? NotYet => machine?.Missing;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        yield return new NetworkInterface(arm, manifest);
        yield return new DataDisk(arm, manifest);
        if (new MarketplaceImage(arm, manifest).MayHavePlan) yield return new MarketplaceTerms(arm, manifest);
        yield return new VirtualMachine(arm, manifest);
        if (machine.Missing is not null) yield break;

        if (SshHostKey.IsLearned(manifest)) yield return new SshHostKey(arm, manifest);
        foreach (var resource in new MachineInside(machine, manifest).All) yield return resource;
    }
}
