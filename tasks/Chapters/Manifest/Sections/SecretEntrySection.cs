namespace DssPipeline.Chapters;

/// <summary>An entry of a list of settings in DSS whose value DSS keeps secret.</summary>
public sealed record SecretEntrySection
{
    [Key("Key of the entry.", Identifies = true)]
    public required string Key { get; init; }

    [Key("Its value.")]
    public required SecretValue Value { get; init; }
}
