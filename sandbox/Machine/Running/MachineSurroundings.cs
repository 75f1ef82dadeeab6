namespace DssPipeline.Sandbox;

/// <summary>What machines need of the sandbox around them.</summary>
internal sealed record MachineSurroundings
{
    public required StateFolder State { get; init; }

    public required string CaFile { get; init; }

    public required Faults Faults { get; init; }

    /// <summary>Writes down a request that the machine's DSS has answered.</summary>
    public required Action<LoggedRequest> Heard { get; init; }

    /// <summary>The bad habits of its DSS.</summary>
    public string DssHabits { get; init; } = "";

    /// <summary>Docker inside the machines; null leaves each as it is.</summary>
    public MachineEngine? Engine { get; init; }

    /// <summary>The ports of the internet in the machine, and the ports of the sandbox that answer there.</summary>
    public required Func<IReadOnlyList<WayOut>> WaysOut { get; init; }

    /// <summary>Where a name leads in the machine; null where nothing has it.</summary>
    public required Func<string, System.Net.IPAddress?> FindName { get; init; }
}
