using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The key with which this deployment administers DSS: made once, kept in the vault.</summary>
public sealed class AdminKey(DssSecrets secrets, string name)
{
    /// <summary>What people see in DSS beside the key.</summary>
    public const string Label = "dss-pipeline";

    private Secret? made;

    /// <summary>Adds what a look can know of it.</summary>
    public async Task<JobValues> AddToAsync(JobValues values, CancellationToken cancel)
    {
        var offered = made is null ? await secrets.OfferAsync(name, cancel) : new(made, null);
        values.Add("key", offered.Value);
        values.Add("unread", offered.Unread);
        return values;
    }

    /// <summary>The key for a change; null when there is none. What cannot be read is an error by then.</summary>
    public async Task<Secret?> ReadAsync(CancellationToken cancel) => made ?? await secrets.ReadAsync(name, cancel);

    public async Task KeepAsync(Secret key, CancellationToken cancel)
    {
        await secrets.KeepAsync(name, key, cancel);
        made = key;
    }
}
