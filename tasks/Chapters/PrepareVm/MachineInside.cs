using System.Globalization;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What PrepareVm wishes for inside the machine, from the disk up to the firewall. Edges stand only where one thing cannot be without the other.</summary>
internal sealed partial class MachineInside(Machine machine, Manifest manifest)
{
    private const string GroupGained = "DSS restarts to be in the group: it is away for about 2 minutes, and running jobs are ended.";

    private readonly VmSection vm = manifest.Vm;
    private readonly EnterpriseLinux linux = EnterpriseLinux.Of(manifest.Vm.Image);

    public IEnumerable<Resource> All =>
    [
        new MachineHost(machine, manifest),
        .. System,
        .. PackageSets,
        .. Docker,
        .. User,
        .. Updates,
    ];

    private AttachedDisk Disk => new(machine, vm.DataDisk.Lun);

    private FileSystem DataFiles => new(machine, Disk, vm.DataDisk.FileSystem);

    private Mount DataMount => new(machine, vm.DataDisk.MountPath, DataFiles);

    private IEnumerable<Resource> System =>
    [
        Disk,
        DataFiles,
        DataMount,
        new Selinux(machine, vm.Selinux),
        new MachineTimeZone(machine, vm.TimeZone),
        new Service(machine, "chronyd.service") { StandsOn = [Base.Id] },
        .. Firewalls,
    ];

    private IEnumerable<Resource> User
    {
        get
        {
            // Docker's package makes the group, which DSS must be in before it starts.
            var account = new Account(machine, vm.DssUser.Name) { Uid = vm.DssUser.Uid, Groups = ["docker"], Notice = GroupGained, StandsOn = [DockerPackages.Id] };
            return [account, new Limits(machine, vm.DssUser.Name) { OpenFiles = vm.DssUser.OpenFiles, Processes = vm.DssUser.Processes, StandsOn = [account.Id] }];
        }
    }

    private IEnumerable<Resource> Firewalls
    {
        get
        {
            var daemon = new Service(machine, "firewalld.service") { StandsOn = [Base.Id] };
            if (vm.Firewall) yield return daemon;
            yield return new Firewall(machine) { Ports = Ports, Sources = Nodes, StandsOn = vm.Firewall ? [daemon.Id] : [] };
        }
    }

    // Code in pods calls back to DSS on ports that are chosen when it starts. Where the ranges of the network are not known, the security group alone tells nodes and others apart.
    private IReadOnlyList<string> Ports =>
    [
        "22/tcp",
        .. manifest.Dss.Https.Mode is HttpsMode.Proxy ? ["443/tcp"] : Array.Empty<string>(),
        Nodes is [] ? "1024-65535/tcp" : string.Create(CultureInfo.InvariantCulture, $"{manifest.Dss.Port}/tcp"),
    ];

    private IReadOnlyList<string> Nodes => manifest.Network.Existing is { } existing ? existing.AddressSpace : manifest.Network.AddressSpace;

    // After all other work of dnf: it may bring newer metadata, and with it the news of further updates.
    private IEnumerable<Resource> Updates => vm.Updates is SystemUpdates.None
        ? []
        : [new PendingUpdates(machine, vm.Updates) { StandsOn = [.. PackageSets.Select(resource => resource.Id), DockerPackages.Id] }];
}
