namespace DssPipeline.Sandbox;

/// <summary>How the sandbox's Resource Manager behaves: who owns the world, how long things take, how lists page.</summary>
public sealed record ArmOptions
{
    public string TenantId { get; init; } = "7e57c0de-0000-4000-8000-00000000a0a0";

    public string SubscriptionId { get; init; } = "5b5c0de5-0000-4000-8000-000000000001";

    /// <summary>Subscriptions besides, in which others keep what a deployment stands on.</summary>
    public IReadOnlySet<string> OtherSubscriptions { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    public string SubscriptionName { get; init; } = "Sandbox";

    /// <summary>Factor on the durations seen in Azure; zero ends an operation after <see cref="PollsUntilDone"/> looks, however fast they follow.</summary>
    public double DurationScale { get; init; }

    /// <summary>How often an operation is seen running before it is done, while <see cref="DurationScale"/> is zero.</summary>
    public int PollsUntilDone { get; init; } = 1;

    /// <summary>Most members of one page of a list.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>How long the directory does not know a new identity; an assignment that states its principal's type is not affected.</summary>
    public TimeSpan PrincipalDelay { get; init; }

    /// <summary>Asked when a long operation (put, delete or an action's name, on an id) begins; an answer is how it will fail.</summary>
    public Func<string, string, ArmFailure?>? Failing { get; init; }

    /// <summary>The authority that signed what the API servers of clusters show; null: their kubeconfigs name none.</summary>
    public string? CaFile { get; init; }

    /// <summary>The machines behind the virtual machines; null: nothing stands behind them.</summary>
    internal Machines? Machines { get; init; }

    /// <summary>Runs the scripts of Run Command in those machines.</summary>
    internal GuestScripts? Scripts { get; init; }

    /// <summary>Storage, registry and vault names that somebody else in the world already has.</summary>
    public IReadOnlySet<string> TakenNames { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
