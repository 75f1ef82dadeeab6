using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The identity of a resource: its own principal, and those it borrows.</summary>
internal static class Identities
{
    public const string Type = "Microsoft.ManagedIdentity/userAssignedIdentities";

    public static void Fill(Write write)
    {
        if (write.Document["identity"] is not JsonObject identity) return;
        if (Dotted.Text(identity, "type")?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true)
        {
            identity["principalId"] = write.Once("identity.principalId", () => Guid.NewGuid().ToString());
            identity["tenantId"] = write.World.Options.TenantId;
        }

        foreach (var (id, _) in (identity["userAssignedIdentities"] as JsonObject ?? []).ToList())
        {
            var borrowed = write.World.Record(id)?.Document;
            identity["userAssignedIdentities"]![id] = new JsonObject
            {
                ["principalId"] = Dotted.Text(borrowed, "properties.principalId"),
                ["clientId"] = Dotted.Text(borrowed, "properties.clientId"),
            };
        }
    }

    /// <summary>The identity a principal belongs to, when it is one of this world's.</summary>
    public static ArmRecord? OfPrincipal(ArmWorld world, string principal) =>
        world.Of(Type).FirstOrDefault(record => principal.Equals(Dotted.Text(record.Document, "properties.principalId"), StringComparison.OrdinalIgnoreCase));
}
