namespace DssPipeline.Chapters;

/// <summary>Whether disks, image and directories of the machine fit together.</summary>
internal static class MachineChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/vm/image", "/vm/trustedLaunch"], Image),
        new(["/vm/dataDisk", "/vm/zone"], Disk),
        new(["/vm/dataDisk", "/vm/docker", "/dss/dataDirectory", "/dss/installDirectory"], Directories),
    ];

    private static IEnumerable<Mismatch> Image(Manifest manifest)
    {
        var image = manifest.Vm.Image;
        if (image is { CommunityGalleryImageId: not null, Id: not null })
        {
            yield return new("/vm/image/id", Summaries.Contradiction, "vm.image states both id and communityGalleryImageId. The machine has one image: remove one of them.");
        }

        if (manifest.Vm.TrustedLaunch && image is { CommunityGalleryImageId: null, Id: null } && image.Sku.EndsWith("gen1", StringComparison.Ordinal))
        {
            yield return new("/vm/image/sku", Summaries.Contradiction, $"vm.image.sku is {image.Sku}, a generation 1 image, but vm.trustedLaunch needs generation 2. Choose 8-gen2, or set vm.trustedLaunch to false.");
        }
    }

    private static IEnumerable<Mismatch> Disk(Manifest manifest)
    {
        if (manifest.Vm.DataDisk is not { Sku: "PremiumV2_LRS" } disk) yield break;

        if (disk.Caching != "None") yield return new("/vm/dataDisk/caching", Summaries.Contradiction, $"vm.dataDisk.caching is {disk.Caching}, but disks of sku PremiumV2_LRS know no host caching. Set it to None.");
        if (manifest.Vm.Zone is null) yield return new("/vm/dataDisk/sku", Summaries.Contradiction, "vm.dataDisk.sku is PremiumV2_LRS, and such disks live in a zone. Set vm.zone, or choose Premium_LRS.");
    }

    private static IEnumerable<Mismatch> Directories(Manifest manifest)
    {
        var (mount, data, kits) = (manifest.Vm.DataDisk.MountPath, manifest.Dss.DataDirectory, manifest.Dss.InstallDirectory);
        if (!IsBelow(data, mount))
        {
            yield return new("/dss/dataDirectory", Summaries.Contradiction, $"dss.dataDirectory is {data}, but the data disk is mounted at {mount} (vm.dataDisk.mountPath). DSS wants a directory below the mount, not the mount itself: choose {mount}/dataiku/dss_data.");
        }

        if (IsBelow(data, kits) || IsBelow(kits, data) || kits == data)
        {
            yield return new("/dss/installDirectory", Summaries.Contradiction, $"dss.installDirectory {kits} and dss.dataDirectory {data} lie in each other. An upgrade replaces the one and keeps the other: put them side by side.");
        }

        if (IsBelow(manifest.Vm.Docker.DataRoot, data))
        {
            yield return new("/vm/docker/dataRoot", Summaries.Contradiction, $"vm.docker.dataRoot {manifest.Vm.Docker.DataRoot} lies in dss.dataDirectory {data}. DSS wants its directory for itself: choose {mount}/docker.");
        }
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);
}
