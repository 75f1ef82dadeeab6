namespace DssPipeline.Sandbox;

/// <summary>Somebody who can sign in: a service principal or a managed identity.</summary>
internal sealed record Principal(string ClientId, string ObjectId)
{
    public static Principal Service { get; } = new(SandboxIds.Client, SandboxIds.ServicePrincipal);

    /// <summary>The identity of the machine the sandbox pretends to run on.</summary>
    public static Principal Machine { get; } = new(SandboxIds.MachineClient, SandboxIds.MachinePrincipal);
}
