using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The secrets of Key Vaults: read and written through the data plane, never through ARM.</summary>
public sealed class Vault(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor)
{
    /// <summary>The newest version of a secret; null when there is none.</summary>
    public Task<Secret?> ReadAsync(string vault, string name, CancellationToken cancel) => throw new NotSupportedException($"{endpoints} {credential} {redactor is null}");

    /// <summary>Writes a secret as its newest version.</summary>
    public Task WriteAsync(string vault, string name, Secret value, CancellationToken cancel) => throw new NotSupportedException();
}
