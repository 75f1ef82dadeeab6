namespace DssPipeline.Sandbox;

/// <summary>A script that Run Command is to run, with what it is given.</summary>
internal sealed record GuestScript
{
    /// <summary>Names its folder in the machine.</summary>
    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>Parameters; those with a name are the environment, those without are arguments.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(90);

    public string? User { get; init; }

    /// <summary>The folder in the machine, which only root can read.</summary>
    public string Folder => $"/var/lib/waagent/run-command-handler/{Name}";
}
