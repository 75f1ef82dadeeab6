using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The vault that keeps the secrets of the deployment. Deleted, it is kept by Azure for its retention, and its name with it.</summary>
public sealed partial class KeyVault(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.KeyVault, ApiVersion, manifest.Names.ResourceGroup)
{
    private const string ApiVersion = "2026-02-01";
    private const string PurgeProtection = "/properties/enablePurgeProtection";

    private readonly KeyVaultSection wish = manifest.Identity.KeyVault;

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/sku", "/properties/sku", "/properties/publicNetworkAccess", "/properties/tenantId"],
        Fixed = ["/location", "/properties/tenantId", "/properties/softDeleteRetentionInDays"],
    };

    // Rules of others for its network stay as they are.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly => [.. base.ReadOnly, "/properties/hsmPoolResourceId", "/properties/privateEndpointConnections", "/properties/vaultUri"];

    // Whether roles or access policies rule is the api version's choice unless it is said.
    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        properties = new
        {
            tenantId = manifest.Azure.Tenant,
            sku = new { family = "A", name = "standard" },
            enableRbacAuthorization = true,
            softDeleteRetentionInDays = wish.RetentionDays,
            enablePurgeProtection = wish.PurgeProtection,
            publicNetworkAccess = wish.PublicAccess ?? manifest.IsPublic ? "Enabled" : "Disabled",
        },
    });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed) ?? Taken(verb) ?? Kept(verb) ?? OneWay(desired, observed);

    /// <summary>Azure leaves the protection out as long as it is off, and refuses to be told that it is off.</summary>
    protected override JsonNode Seen(JsonNode observed)
    {
        if (observed["properties"] is JsonObject properties && Pointer.At(observed, PurgeProtection) is null) properties["enablePurgeProtection"] = false;
        return observed;
    }

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var body = base.Body(wish, observed);
        if (!IsTrue(body)) ((JsonObject)body["properties"]!).Remove("enablePurgeProtection");
        return body;
    }

    /// <summary>Removed, it would keep its name and come back as it was.</summary>
    private Problem? Kept(Verb verb) => verb is not Verb.Replace ? null : new Problem(
        "Vault cannot be made anew",
        $"{Address.Name} differs in its region, its tenant or identity.keyVault.retentionDays, all fixed when it was made. Azure keeps a deleted vault, and its name with it, until its retention ends, so none with other values can take its place, "
        + "whatever policy.allowReplace says. Put the old value back, or choose another identity.keyVault.name and move the secrets.")
    {
        Place = manifest.Places.Of("/identity/keyVault")?.ToString(),
    };

    private Problem? OneWay(JsonNode? desired, JsonNode? observed) => desired is null || IsTrue(desired) || !IsTrue(observed) ? null : new Problem(
        "Purge protection stays on",
        $"{Address.Name} is protected against purging, and identity.keyVault.purgeProtection asks for false. Azure never turns it off again: put true back.")
    {
        Place = manifest.Places.Of("/identity/keyVault/purgeProtection")?.ToString(),
    };

    private static bool IsTrue(JsonNode? vault) => Pointer.At(vault, PurgeProtection) is JsonValue value && value.TryGetValue(out bool on) && on;
}
