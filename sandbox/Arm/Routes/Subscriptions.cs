using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The one subscription of this world, in its one tenant.</summary>
internal static class Subscriptions
{
    public static JsonObject Show(ArmWorld world) => new()
    {
        ["id"] = $"/subscriptions/{world.Options.SubscriptionId}",
        ["subscriptionId"] = world.Options.SubscriptionId,
        ["tenantId"] = world.Options.TenantId,
        ["displayName"] = world.Options.SubscriptionName,
        ["state"] = "Enabled",
        ["authorizationSource"] = "RoleBased",
        ["subscriptionPolicies"] = new JsonObject { ["locationPlacementId"] = "Public_2014-09-01", ["quotaId"] = "EnterpriseAgreement_2014-09-01", ["spendingLimit"] = "Off" },
        ["tags"] = world.Record($"/subscriptions/{world.Options.SubscriptionId}/providers/Microsoft.Resources/tags/default")?.Document["tags"]?.DeepClone() ?? new JsonObject(),
    };

    public static JsonObject Tenant(ArmWorld world) => new() { ["id"] = $"/tenants/{world.Options.TenantId}", ["tenantId"] = world.Options.TenantId, ["displayName"] = world.Options.SubscriptionName };

    public static ArmAnswer Locations(ArmWorld world, ArmRequest request) => Pages.Of(world, request, [.. Regions.All.Select(region => (region.Name, (Func<JsonNode>)(() => new JsonObject
    {
        ["id"] = $"/subscriptions/{world.Options.SubscriptionId}/locations/{region.Name}",
        ["name"] = region.Name,
        ["displayName"] = region.Display,
        ["type"] = "Region",
    })))]);
}
