using System.Runtime.CompilerServices;
using Xunit;

namespace DssPipeline.Snapshots;

/// <summary>
/// Compares a text with the one that was read and found good: <c>NAME.verified.txt</c>. What differs is written to
/// <c>NAME.received.txt</c> beside it; <c>ACCEPT_SNAPSHOTS=1</c> takes it over.
/// </summary>
public static class Snapshot
{
    private const int Around = 2;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = RootAbove(Folder());

    /// <summary>The folder of the calling test's source, where its cases and snapshots live.</summary>
    public static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

    /// <summary>Compares with <c>TestClass.Method.verified.txt</c> beside the test.</summary>
    /// <param name="variant">Tells the rows of a theory apart.</param>
    public static void Verify(string received, string? variant = null, [CallerMemberName] string method = "", [CallerFilePath] string source = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(source)}.{method}{(variant is null ? "" : $"_{variant}")}.verified.txt";
        Matches(received, Path.Combine(Folder(source), name));
    }

    /// <summary>Compares with a file named by the test.</summary>
    public static void Matches(string received, string verifiedPath)
    {
        var receivedPath = Path.ChangeExtension(Path.ChangeExtension(verifiedPath, null), null) + ".received.txt";
        var actual = Lines(received);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") is "1") File.WriteAllText(verifiedPath, actual);

        var verified = File.Exists(verifiedPath) ? Lines(File.ReadAllText(verifiedPath)) : "";
        if (verified == actual)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, actual);
        Assert.Fail($"{Path.GetFileName(verifiedPath)} differs. Compare it with {receivedPath}, or accept with ACCEPT_SNAPSHOTS=1.\n{FirstDifference(verified, actual)}");
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string FirstDifference(string verified, string received)
    {
        var (old, now) = (verified.Split('\n'), received.Split('\n'));
        var line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"First in line {line + 1}:\n{Excerpt("verified", old, line)}\n{Excerpt("received", now, line)}";
    }

    private static string Excerpt(string title, string[] lines, int line) =>
        $"{title}:\n{string.Join('\n', lines.Skip(line - Around).Take((2 * Around) + 1).Select(text => $"  | {text}"))}";

    private static string RootAbove(string folder) =>
        File.Exists(Path.Join(folder, "DssPipeline.sln")) ? folder : RootAbove(Path.GetDirectoryName(folder)!);
}
