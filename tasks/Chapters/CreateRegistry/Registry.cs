using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The container registry. Who pushes and pulls has a role for it; the shared administrator and anonymous pulls stay off.</summary>
public sealed class Registry(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.Registry, "2025-11-01", manifest.Names.ResourceGroup)
{
    private readonly RegistrySection wish = manifest.Registry;

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with
    {
        Folded =
        [
            .. base.Comparison.Folded,
            "/sku/name",
            "/properties/publicNetworkAccess",
            "/properties/zoneRedundancy",
            "/properties/policies/retentionPolicy/status",
        ],
        Fixed = ["/location", "/properties/zoneRedundancy"],
    };

    // A PUT would reset what others set up; a PATCH leaves it alone.
    protected override UpdateStyle UpdateStyle => UpdateStyle.Patch;

    private bool IsPremium => wish.Sku is "Premium";

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        sku = new { name = wish.Sku },
        properties = new
        {
            adminUserEnabled = false,
            anonymousPullEnabled = wish.Sku is "Basic" ? (bool?)null : false,
            publicNetworkAccess = wish.PublicAccess ?? manifest.IsPublic ? "Enabled" : "Disabled",
            zoneRedundancy = IsPremium ? Zones : null,
            policies = IsPremium ? new { retentionPolicy = Retention } : null,
        },
    });

    /// <summary>The number of days means nothing while the policy is off, and Azure keeps the one it had.</summary>
    private object Retention => wish.RetentionDays > 0
        ? new { status = "enabled", days = wish.RetentionDays }
        : new { status = "disabled" };

    /// <summary>Registries of the lower tiers know no zones, and may leave them out.</summary>
    protected override JsonNode Seen(JsonNode observed)
    {
        if (observed["properties"] is JsonObject properties && Pointer.Member(properties, "zoneRedundancy") is null) properties["zoneRedundancy"] = "Disabled";
        return observed;
    }

    private string Zones => wish.ZoneRedundant ? "Enabled" : "Disabled";
}
