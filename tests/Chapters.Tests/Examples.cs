using System.Runtime.CompilerServices;

namespace DssPipeline.Chapters.Tests;

/// <summary>The examples of the repository, whose secrets are stood in for.</summary>
public static class Examples
{
    public static TheoryData<string> All => ["minimal", "reference", "production"];

    public static Manifest Read(string name, params string[] sets) => ManifestReader.Read(PathOf(name), new ReadOptions { Sets = sets, Missing = MissingSources.StandIn, Variables = _ => null });

    public static string PathOf(string name, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "examples", $"{name}.yml"));
}
