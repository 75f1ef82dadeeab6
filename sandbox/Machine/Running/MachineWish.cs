namespace DssPipeline.Sandbox;

/// <summary>A virtual machine of Resource Manager as its Linux must know it.</summary>
internal sealed record MachineWish
{
    public required string Name { get; init; }

    public required string HostName { get; init; }

    public required string Administrator { get; init; }

    /// <summary>Public keys that may log in as the administrator.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The private address of its network interface; empty where it has none.</summary>
    public string Address { get; init; } = "";

    public IReadOnlyList<MachineDisk> Disks { get; init; } = [];

    public bool IsOn { get; init; }
}

/// <summary>A data disk at its slot.</summary>
internal sealed record MachineDisk(int Lun, string Name, long Bytes);
