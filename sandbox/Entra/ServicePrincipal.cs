namespace DssPipeline.Sandbox;

/// <summary>An application of the directory that signs in with a secret; without one, with whatever it is handed, for a rehearsal that does not have it.</summary>
public sealed record ServicePrincipal(string ClientId, string ObjectId, string? Secret)
{
    // Records tell all they hold.
    public override string ToString() => ClientId;
}
