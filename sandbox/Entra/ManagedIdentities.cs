namespace DssPipeline.Sandbox;

/// <summary>The identities the sandbox's machine can take a token for.</summary>
internal static class ManagedIdentities
{
    /// <summary>The identity named in one of three ways; named in none, the machine's own.</summary>
    public static Principal? Find(string? clientId, string? objectId, string? resourceId)
    {
        if (clientId is null && objectId is null && resourceId is null) return Principal.Machine;
        return Known.FirstOrDefault(principal => principal.ClientId == clientId || principal.ObjectId == objectId);
    }

    private static IEnumerable<Principal> Known => [Principal.Machine];
}
