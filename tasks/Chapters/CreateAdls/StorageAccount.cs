using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An ADLS gen2 account. Azure fixes its namespace kind and region at birth.</summary>
public sealed class StorageAccount(Arm arm, Manifest manifest, AdlsSection account)
    : AzureResource(arm, manifest.Names.For(account).StorageAccount, ApiVersion, manifest.Names.ResourceGroup)
{
    public const string ApiVersion = "2025-06-01";

    private const string Sku = "/sku/name";
    private const string Rules = "/properties/networkAcls";

    private readonly StorageNetwork network = new(manifest, account);

    public override bool HoldsData => true;

    public override IReadOnlyList<ResourceId> After => network.Subnets;

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/kind", Sku, "/properties/publicNetworkAccess", $"{Rules}/bypass", $"{Rules}/defaultAction", $"{Rules}/ipRules/*/action", $"{Rules}/virtualNetworkRules/*/action"],
        Unordered = [$"{Rules}/ipRules", $"{Rules}/virtualNetworkRules"],
        Fixed = ["/location", "/kind", "/properties/isHnsEnabled"],
    };

    // Documented and real defaults of the safety switches disagree, so every one of them is stated.
    protected override JsonNode Wish => Json.Of(new
    {
        location = account.Location ?? manifest.Azure.Location,
        kind = IsPremium ? "BlockBlobStorage" : "StorageV2",
        sku = new { name = account.Sku },
        properties = new
        {
            isHnsEnabled = true,
            minimumTlsVersion = "TLS1_2",
            supportsHttpsTrafficOnly = true,
            allowBlobPublicAccess = false,
            allowSharedKeyAccess = account.SharedKey,
            accessTier = IsPremium ? null : account.AccessTier,
            publicNetworkAccess = network.IsPublic ? "Enabled" : "Disabled",
            networkAcls = network.Rules,
        },
    });

    // The service forgets what a PUT leaves out of some members (network rules, encryption), so all of it is sent back.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly, "/sku/tier", "/identity/principalId", "/identity/tenantId", "/properties/primaryEndpoints", "/properties/secondaryEndpoints", "/properties/primaryLocation", "/properties/secondaryLocation",
        "/properties/statusOfPrimary", "/properties/statusOfSecondary", "/properties/creationTime", "/properties/keyCreationTime", "/properties/privateEndpointConnections",
        "/properties/geoReplicationStats", "/properties/lastGeoFailoverTime", "/properties/failoverInProgress", "/properties/blobRestoreStatus",
        "/properties/accountMigrationInProgress", "/properties/isSkuConversionBlocked", "/properties/storageAccountSkuConversionStatus",
        "/properties/encryption/services/*/lastEnabledTime", $"{Rules}/virtualNetworkRules/*/state",
    ];

    private bool IsPremium => account.Sku.StartsWith("Premium", StringComparison.Ordinal);

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed) ?? (verb is Verb.Update ? StorageCopies.Objection(Id, Pointer.At(observed, Sku)?.ToString(), Pointer.At(desired, Sku)?.ToString()) : null);
}
