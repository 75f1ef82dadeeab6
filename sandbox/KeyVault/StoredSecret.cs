namespace DssPipeline.Sandbox;

/// <summary>A secret with all its versions, newest last.</summary>
internal sealed record StoredSecret(string Name)
{
    public List<SecretVersion> Versions { get; init; } = [];

    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>One version of a secret; only its attributes, tags and content type ever change.</summary>
internal sealed record SecretVersion
{
    public required string Id { get; init; }

    public required string Value { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public bool Enabled { get; init; } = true;

    public long? NotBefore { get; init; }

    public long? Expires { get; init; }

    public required long Created { get; init; }

    public required long Updated { get; init; }
}
