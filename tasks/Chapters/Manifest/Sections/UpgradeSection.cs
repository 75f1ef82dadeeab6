namespace DssPipeline.Chapters;

/// <summary>What is kept before DSS is upgraded, because an upgrade cannot be undone.</summary>
public sealed record UpgradeSection
{
    [Key("Backup that is made before: of the whole data directory without logs, caches and temporary files (`data`), of its configuration alone (`config`), or `none`.", Effect.RunOnly)]
    public UpgradeBackup Backup { get; init; } = UpgradeBackup.Data;

    [Key("Directory of the backups, which are never removed.", Effect.RunOnly, Form = Form.AbsolutePath, Default = "{vm.dataDisk.mountPath}/dss-backups")]
    public string? BackupDirectory { get; init; }
}

/// <summary>What a backup before an upgrade holds.</summary>
public enum UpgradeBackup
{
    Data,
    Config,
    None,
}
