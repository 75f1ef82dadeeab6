namespace DssPipeline.Sandbox;

/// <summary>One blob with its bytes, its metadata and its lease.</summary>
internal sealed record StoredBlob
{
    public required string Name { get; init; }

    public required byte[] Content { get; init; }

    public required string ContentType { get; init; }

    public required string ETag { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public BlobLease Lease { get; init; } = BlobLease.None;
}
