using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The identities a machine can take a token for: its own, and the user-assigned ones of the world.</summary>
internal sealed class ManagedIdentities(ArmStore store)
{
    private const string Type = "Microsoft.ManagedIdentity/userAssignedIdentities";

    /// <summary>The identity named in one of three ways; named in none, the machine's own.</summary>
    public Principal? Find(string? clientId, string? objectId, string? resourceId) => Find([.. All()], (clientId, objectId, resourceId));

    /// <summary>The same among those that somebody has, of which the first is used where none is named.</summary>
    public static Principal? Find(IReadOnlyList<(Principal Principal, string? ResourceId)> own, (string? Client, string? Object, string? Resource) named) => named is (null, null, null)
        ? own is [var first, ..] ? first.Principal : null
        : own.FirstOrDefault(identity => Same(identity.Principal.ClientId, named.Client) || Same(identity.Principal.ObjectId, named.Object) || Same(identity.ResourceId, named.Resource)).Principal;

    /// <summary>A user-assigned identity as an application that pipelines and pods sign in to with tokens of their own.</summary>
    public Application? FindApplication(string clientId)
    {
        var (principal, id) = All().FirstOrDefault(identity => Same(identity.Principal.ClientId, clientId));
        if (principal is null || id is null) return null;

        var credentials = store.OfType($"{Type}/federatedIdentityCredentials")
            .Where(credential => Text(credential, "id").StartsWith(id + "/", StringComparison.OrdinalIgnoreCase))
            .Select(credential => credential["properties"]!)
            .SelectMany(wish => wish["audiences"]!.AsArray(), (wish, audience) => new FederatedCredential((string)wish["issuer"]!, (string)wish["subject"]!, (string)audience!));
        return new Application(principal, Secret: null, [.. credentials]);
    }

    private IEnumerable<(Principal Principal, string? ResourceId)> All() => store.OfType(Type)
        .Where(identity => identity["properties"]?["clientId"] is not null)
        .Select(identity => (new Principal((string)identity["properties"]!["clientId"]!, (string)identity["properties"]!["principalId"]!), (string?)Text(identity, "id")))
        .Prepend((Principal.Machine, null));

    private static string Text(JsonObject document, string name) => (string)document[name]!;

    private static bool Same(string? left, string? right) => left is not null && left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
