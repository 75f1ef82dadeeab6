namespace DssPipeline.Sandbox;

/// <summary>How a sandbox is started: where its world lives, how slow it is and what goes wrong in it.</summary>
public sealed record SandboxOptions
{
    public required string StateFolder { get; init; }

    /// <summary>The one subscription of this world; a rehearsal gives it the id its manifest names.</summary>
    public string SubscriptionId { get; init; } = SandboxIds.Subscription;

    /// <summary>Subscriptions besides, in which others keep what a deployment stands on.</summary>
    public IReadOnlySet<string> OtherSubscriptions { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The directory of the subscription.</summary>
    public string TenantId { get; init; } = SandboxIds.Tenant;

    public Latency Latency { get; init; } = Latency.None;

    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Decides which requests a rule with a probability meets: the same seed, the same requests.</summary>
    public int Seed { get; init; }

    /// <summary>The bad habits of the machines' DSS, such as <c>redact-secrets,404-for-missing</c>; none is the real one's.</summary>
    public string DssHabits { get; init; } = "";

    public SandboxPorts Ports { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What stands behind the virtual machines; <see cref="MachineHost.Problem(string)"/> tells whether the host can hold machines.</summary>
    public MachineMode Machine { get; init; }

    /// <summary>Docker inside the machines; null leaves it as it was at the last start, which is the stand-in at first.</summary>
    public MachineEngine? Engine { get; init; }

    /// <summary>Service principals of the directory besides the sandbox's own: they sign in, and may do what Resource Manager grants them.</summary>
    public IReadOnlyList<ServicePrincipal> ServicePrincipals { get; init; } = [];

    /// <summary>Which tokens of other issuers the service principal of the sandbox trusts.</summary>
    public IReadOnlyList<FederatedCredential> FederatedCredentials { get; init; } = FederatedCredential.Defaults;
}
