using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The first key of a storage account, asked of Azure whenever it is needed: it is kept nowhere.</summary>
internal sealed class AccountKey(Arm arm, AzureName account)
{
    /// <summary>The key; null while the account is not there.</summary>
    public async Task<Secret?> ReadAsync(CancellationToken cancel)
    {
        if (await arm.ObserveAsync(new ArmAddress(account.Path, StorageAccount.ApiVersion), cancel) is null) return null;

        var keys = await arm.AskAsync($"{account.Path}/listKeys", StorageAccount.ApiVersion, null, cancel);
        return Pointer.At(keys, "/keys/0/value")?.ToString() is { Length: > 0 } key ? arm.Redactor.Add(new Secret(key)) : null;
    }
}
