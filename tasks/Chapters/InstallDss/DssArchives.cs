namespace DssPipeline.Chapters;

/// <summary>The archives of one DSS version: what they are called and where they are published.</summary>
public sealed class DssArchives(DssSection dss)
{
    // Nothing published says which Spark belongs to which DSS: these were seen in the names of the archives.
    private static readonly Dictionary<string, string> Sparks = new(StringComparer.Ordinal)
    {
        ["12.1"] = "3.3.1",
        ["13.0"] = "3.4.1",
        ["13.5"] = "3.5.3",
        ["14.2"] = "3.5.3",
        ["15.0"] = "4.1.2",
    };

    /// <summary>The Spark of the version; null when the manifest does not say and nobody knows.</summary>
    public string? SparkVersion => dss.SparkVersion ?? Sparks.GetValueOrDefault(string.Join('.', dss.Version.Split('.').Take(2)));

    public string Kit => $"dataiku-dss-{dss.Version}.tar.gz";

    public string Hadoop => $"dataiku-dss-hadoop-standalone-libs-generic-hadoop3-{dss.Version}.tar.gz";

    public string Spark => $"dataiku-dss-spark-standalone-{dss.Version}-{SparkVersion}-generic-hadoop3.tar.gz";

    /// <summary>Where an archive is fetched from.</summary>
    public string UrlOf(string file, ArchiveSection archive) => archive.Url ?? $"{dss.Archives.Mirror.TrimEnd('/')}/{dss.Version}/{file}";
}
