using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The names of one ADLS gen2 account and of what is in it.</summary>
public sealed class AdlsNames(Names names, AdlsSection account)
{
    public AzureName StorageAccount => names.Here("storageAccount", "Microsoft.Storage/storageAccounts", account.Account);

    public AzureName BlobService => StorageAccount.Child("blobService", "blobServices", "default");

    public AzureName LifecyclePolicy => StorageAccount.Child("lifecyclePolicy", "managementPolicies", "default");

    /// <summary>A container, called after its account: <c>azure/blobContainer/stprod/raw</c>.</summary>
    public AzureName Container(string name) =>
        new(new("azure", "blobContainer", $"{account.Account}/{name}"), "Microsoft.Storage/storageAccounts/blobServices/containers", $"{BlobService.Path}/containers/{name}");

    /// <summary>A DSS connection to the account.</summary>
    public static ResourceId Connection(AdlsConnectionSection connection) => new("dss", "connection", connection.Name);
}
