using System.Runtime.CompilerServices;
using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The examples of the repository, as they are rehearsed: secrets stood in for.</summary>
public static class Examples
{
    public static TheoryData<string> All => ["minimal", "reference", "production"];

    public static Manifest Read(string name, params string[] sets) => ManifestReader.Read(PathOf(name), new ReadOptions
    {
        Missing = MissingSources.StandIn,
        Variables = _ => null,
        Sets = sets,
    });

    private static string PathOf(string name, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "examples", $"{name}.yml"));
}
