namespace DssPipeline.Chapters;

/// <summary>The machine DSS runs on: its Azure half.</summary>
public sealed partial record VmSection
{
    [Key("Name of the virtual machine and of its host.", Effect.NewName, Form = Form.VirtualMachineName, Default = "vm-{name}")]
    public string? Name { get; init; }

    [Key("Size. DSS asks for 32 GB of memory and x86-64.", Effect.Restart, Form = Form.VirtualMachineSize)]
    public string Size { get; init; } = "Standard_D8s_v5";

    [Key("Operating system image.", Effect.Refused)]
    public ImageReferenceSection Image { get; init; } = new();

    [Key("Administrator of the machine; signs in with a key, never with a password.", Effect.Refused, Form = Form.LinuxUser)]
    public string AdminUsername { get; init; } = "azureuser";

    [Key("Public key of the administrator, RSA of 2048 bits or more, or Ed25519.", Effect.Refused, Form = Form.SshPublicKey, Example = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f rehearsal")]
    public required string SshPublicKey { get; init; }

    [Key("Private key that belongs to it; the run uses it when access is ssh.", Effect.RunOnly, Default = "the keys of the ssh agent")]
    public SecretValue? SshPrivateKey { get; init; }

    [Key("Public host key of the machine, as in /etc/ssh/ssh_host_ed25519_key.pub.", Effect.RunOnly, Form = Form.SshHostKey, Default = "learned once through Azure and kept as a tag of the machine")]
    public string? SshHostKey { get; init; }

    [Key("Port on which the machine answers ssh.", Effect.RunOnly, Min = 1, Max = 65535)]
    public int SshPort { get; init; } = 22;

    [Key("Disk of the operating system.", Effect.Restart)]
    public OsDiskSection OsDisk { get; init; } = new();

    [Key("Disk of DSS and Docker; it outlives the machine.")]
    public DataDiskSection DataDisk { get; init; } = new();

    [Key("Give the machine a public address.", Default = "true when network.access is public")]
    public bool? PublicIp { get; init; }

    [Key("Availability zone of machine, disk and address.", Effect.Refused, Form = Form.Zone, Default = "none: Azure chooses")]
    public string? Zone { get; init; }

    [Key("How the run reaches the machine: over ssh, or by Run Command through Azure, which needs no open port.", Effect.RunOnly)]
    public VmAccess Access { get; init; } = VmAccess.Ssh;

    [Key("Secure boot and virtual TPM. Needs a generation 2 image.", Effect.Refused)]
    public bool TrustedLaunch { get; init; } = true;

    [Key("Encrypt temporary disks and caches on the host; the subscription must have the feature.", Effect.Restart)]
    public bool EncryptionAtHost { get; init; }
}

/// <summary>An image: from the marketplace, from a community gallery, or by id.</summary>
public sealed record ImageReferenceSection
{
    [Key("Publisher in the marketplace.", Effect.Refused)]
    public string Publisher { get; init; } = "almalinux";

    [Key("Offer of the publisher.", Effect.Refused)]
    public string Offer { get; init; } = "almalinux-x86_64";

    [Key("Sku of the offer.", Effect.Refused)]
    public string Sku { get; init; } = "8-gen2";

    [Key("Version of the image.", Effect.Refused)]
    public string Version { get; init; } = "latest";

    [Key("Purchase plan: sent only when the image carries one (`auto`), always, or never.", Effect.Refused)]
    public PurchasePlan Plan { get; init; } = PurchasePlan.Auto;

    [Key("Image of a community gallery, instead of the marketplace; needs no purchase plan.", Effect.Refused)]
    public string? CommunityGalleryImageId { get; init; }

    [Key("ARM id of an image or of a gallery's image version, instead of the marketplace.", Effect.Refused, Form = Form.ArmId)]
    public string? Id { get; init; }
}

/// <summary>The disk of the operating system.</summary>
public sealed record OsDiskSection
{
    [Key("Size; it can grow, never shrink.", Effect.Restart, Unit = "GB", Min = 32, Max = 4095)]
    public int SizeGB { get; init; } = 64;

    [Key("Kind of disk.", Effect.Restart)]
    [OneOf("Premium_LRS", "Premium_ZRS", "StandardSSD_LRS", "StandardSSD_ZRS")]
    public string Sku { get; init; } = "Premium_LRS";
}

/// <summary>The disk that holds DSS and Docker.</summary>
public sealed record DataDiskSection
{
    [Key("Name of the disk.", Effect.NewName, Form = Form.DiskName, Default = "disk-{name}-data")]
    public string? Name { get; init; }

    [Key("Size; it can grow, never shrink. DSS asks for 100 GB, its images for as much again.", Unit = "GB", Min = 100, Max = 32767)]
    public int SizeGB { get; init; } = 256;

    [Key("Kind of disk.", Effect.Restart)]
    [OneOf("Premium_LRS", "Premium_ZRS", "StandardSSD_LRS", "StandardSSD_ZRS", "PremiumV2_LRS")]
    public string Sku { get; init; } = "Premium_LRS";

    [Key("Logical unit number: the machine finds the disk by it.", Effect.Restart, Min = 0, Max = 63)]
    public int Lun { get; init; }

    [Key("Host caching. PremiumV2_LRS knows only None.", Effect.Restart)]
    [OneOf("None", "ReadOnly", "ReadWrite")]
    public string Caching { get; init; } = "ReadOnly";

    [Key("Where the machine mounts it.", Effect.Restart, Form = Form.AbsolutePath)]
    public string MountPath { get; init; } = "/data";

    [Key("File system made on a disk that has none.", Effect.Refused)]
    [OneOf("xfs", "ext4")]
    public string FileSystem { get; init; } = "xfs";
}

/// <summary>How the run reaches the machine.</summary>
public enum VmAccess
{
    Ssh,
    RunCommand,
}

/// <summary>When a purchase plan is sent with the image.</summary>
public enum PurchasePlan
{
    Auto,
    Always,
    Never,
}
