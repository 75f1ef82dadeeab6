namespace DssPipeline.Chapters;

/// <summary>The archives DSS is installed from.</summary>
public sealed record ArchivesSection
{
    [Key("Where archives are published; the version and the file name are appended.", Effect.RunOnly, Form = Form.Url)]
    public string Mirror { get; init; } = "https://cdn.downloads.dataiku.com/public/dss";

    [Key("The kit.", Effect.RunOnly)]
    public ArchiveSection Kit { get; init; } = new();

    [Key("The standalone Hadoop libraries (generic-hadoop3).", Effect.RunOnly)]
    public ArchiveSection Hadoop { get; init; } = new();

    [Key("The standalone Spark.", Effect.RunOnly)]
    public ArchiveSection Spark { get; init; } = new();
}

/// <summary>One archive.</summary>
public sealed record ArchiveSection
{
    [Key("Address of this archive, instead of the mirror's.", Effect.RunOnly, Form = Form.Url)]
    public string? Url { get; init; }

    [Key("Checksum the archive must have. None is published, so state the one you trust.", Effect.RunOnly, Form = Form.Sha256)]
    public string? Sha256 { get; init; }
}
