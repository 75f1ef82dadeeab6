using System.Text;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>The archives of the DSS stand-in, for any version that a file name asks for.</summary>
internal static partial class KitArchives
{
    // The version of Spark that goes with each DSS, as far as it is known: others have no archive.
    private static readonly (string Dss, string Spark)[] Sparks =
        [("9.", "3.0.1"), ("10.", "3.1.2"), ("12.", "3.3.1"), ("13.5.", "3.5.3"), ("13.", "3.4.1"), ("14.", "3.5.3"), ("15.", "4.1.2")];

    /// <summary>The archive of a file name below the folder of its version; null when there is none.</summary>
    public static byte[]? Of(string version, string file)
    {
        if (SparkOf(version) is not { } spark) return null;

        if (file == $"dataiku-dss-{version}.tar.gz") return Kit(version);
        if (file == $"dataiku-dss-hadoop-standalone-libs-generic-hadoop3-{version}.tar.gz") return Libraries("hadoop", "hadoop-standalone-libs/", version, spark);
        if (file == $"dataiku-dss-spark-standalone-{version}-{spark}-generic-hadoop3.tar.gz") return Libraries("spark", "spark-standalone-home/", version, spark);
        return null;
    }

    private static string? SparkOf(string version) =>
        VersionForm().IsMatch(version) ? Sparks.FirstOrDefault(pair => version.StartsWith(pair.Dss, StringComparison.Ordinal)).Spark : null;

    private static byte[] Kit(string version) => ArchiveWriter.Pack($"dataiku-dss-{version}/",
    [
        new EmbeddedFile("dss-version.json", Encoding.UTF8.GetBytes($$"""{"product_version":"{{version}}","product_commitid":"stand-in"}""" + "\n")),
        .. EmbeddedTree.Under("kit/dss"),
        new EmbeddedFile("dist/dataiku-dss-core.jar", Filler(version)),
    ]);

    private static byte[] Libraries(string name, string top, string version, string spark) => ArchiveWriter.Pack(top,
    [
        .. EmbeddedTree.Under($"kit/{name}").Select(file => file.With("@VERSION@", version).With("@SPARK@", spark)),
        new EmbeddedFile($"jars/{name}-libraries.jar", Filler(version + name)),
    ]);

    // Half a megabyte that does not compress, so that a download can be cut in its middle.
    private static byte[] Filler(string seed)
    {
        var block = Encoding.UTF8.GetBytes(seed);
        var filler = new byte[512 * 1024];
        for (var at = 0; at < filler.Length; at += block.Length)
        {
            block = System.Security.Cryptography.SHA256.HashData(block);
            block.CopyTo(filler, at);
        }

        return filler;
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex VersionForm();
}
