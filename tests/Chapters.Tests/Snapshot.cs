using System.Runtime.CompilerServices;

namespace DssPipeline.Chapters.Tests;

/// <summary>
/// Compares a text with the one that was read and found good: <c>NAME.verified.txt</c>. What differs is written to
/// <c>NAME.received.txt</c> beside it; <c>ACCEPT_SNAPSHOTS=1</c> takes it over.
/// </summary>
public static class Snapshot
{
    /// <summary>The folder of the calling test's source, where its cases and snapshots live.</summary>
    public static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = RootAbove(Folder());

    public static void Matches(string received, string verifiedPath)
    {
        var verified = File.Exists(verifiedPath) ? Lines(File.ReadAllText(verifiedPath)) : "";
        if (verified == Lines(received))
        {
            File.Delete(ReceivedPath(verifiedPath));
            return;
        }

        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verifiedPath, Lines(received));
            return;
        }

        File.WriteAllText(ReceivedPath(verifiedPath), Lines(received));
        Assert.Fail($"{Path.GetFileName(verifiedPath)} differs, first in line {FirstDifference(verified, Lines(received))}. Compare it with {ReceivedPath(verifiedPath)}, or accept with ACCEPT_SNAPSHOTS=1.\n\n{received}");
    }

    private static string ReceivedPath(string verifiedPath) =>
        verifiedPath.EndsWith(".verified.txt", StringComparison.Ordinal)
            ? verifiedPath.Replace(".verified.txt", ".received.txt", StringComparison.Ordinal)
            : verifiedPath + ".received.txt";

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string FirstDifference(string left, string right)
    {
        var pairs = left.Split('\n').Zip(right.Split('\n')).Index().Where(pair => pair.Item.First != pair.Item.Second).Select(pair => pair.Index + 1);
        return $"{pairs.FirstOrDefault(Math.Min(left.Split('\n').Length, right.Split('\n').Length) + 1)}";
    }

    private static string RootAbove(string folder) =>
        File.Exists(Path.Join(folder, "DssPipeline.sln")) ? folder : RootAbove(Path.GetDirectoryName(folder)!);
}
