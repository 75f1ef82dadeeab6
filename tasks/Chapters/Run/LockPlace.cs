using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Where the lock of a deployment is kept: a blob named after it, in the container that CreateAdls makes for that.</summary>
internal sealed record LockPlace(BlobAddress Blob, ArmAddress Container)
{
    /// <summary>The account around the container.</summary>
    private string Account => Container.Parent[..Container.Parent.LastIndexOf("/blobServices/", StringComparison.OrdinalIgnoreCase)];

    /// <summary>Null when the manifest has no account for it.</summary>
    public static LockPlace? Of(Manifest manifest)
    {
        var (wish, accounts) = (manifest.Policy.RunLock, manifest.Adls);
        var account = accounts.FirstOrDefault(account => wish.Account is null || account.Account == wish.Account);
        return account is null ? null : new(
            new BlobAddress(account.Account, wish.Container, $"{manifest.Name}.lock"),
            new ArmAddress(manifest.Names.For(account).Container(wish.Container).Path, StorageAccount.ApiVersion));
    }

    /// <summary>Whether the lock cannot outlive the resource: its account, its container, and who may write there.</summary>
    public bool Keeps(Resource resource) => resource is ArmResource { Address.Id: var id }
        && (id.Equals(Account, StringComparison.OrdinalIgnoreCase)
            || id.Equals(Container.Id, StringComparison.OrdinalIgnoreCase)
            || id.StartsWith($"{Container.Id}/", StringComparison.OrdinalIgnoreCase));
}
