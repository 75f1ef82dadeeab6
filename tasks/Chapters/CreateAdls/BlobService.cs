using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How long deleted data of an account can be brought back. Every account has this, from its first to its last moment.</summary>
public sealed class BlobService(Arm arm, Manifest manifest, AdlsSection account)
    : AzureResource(arm, manifest.Names.For(account).BlobService, StorageAccount.ApiVersion, manifest.Names.For(account).StorageAccount)
{
    private static readonly string[] Policies = ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"];

    protected override JsonNode Wish => Json.Of(new
    {
        properties = new
        {
            deleteRetentionPolicy = Keep(account.SoftDelete.BlobDays),
            containerDeleteRetentionPolicy = Keep(account.SoftDelete.ContainerDays),
        },
    });

    // A PUT that leaves out the cross-origin rules deletes them.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly => [.. base.ReadOnly, "/sku", "/properties/restorePolicy/lastEnabledTime", "/properties/restorePolicy/minRestoreTime"];

    /// <summary>It cannot be removed; it goes with its account.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    protected override JsonNode Seen(JsonNode observed)
    {
        foreach (var policy in Policies) ((JsonObject)observed["properties"]!).TryAdd(policy, new JsonObject { ["enabled"] = false });
        return observed;
    }

    private static object Keep(int days) => days > 0 ? new { enabled = true, days } : new { enabled = false };
}
