using System.Runtime.CompilerServices;

namespace DssPipeline.Chapters.Tests;

/// <summary>The examples of the repository, whose secrets are stood in for.</summary>
public static class Examples
{
    public static TheoryData<string> All => ["minimal", "reference", "production"];

    public static Manifest Read(string name, params string[] sets) => Read(name, sets, _ => null);

    /// <summary>The same where some variables of the environment are known.</summary>
    public static Manifest Read(string name, IReadOnlyList<string> sets, Func<string, string?> variables) =>
        ManifestReader.Read(PathOf(name), new ReadOptions { Sets = sets, Missing = MissingSources.StandIn, Variables = variables });

    public static string PathOf(string name, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "examples", $"{name}.yml"));
}
